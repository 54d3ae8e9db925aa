"""A place: written, changed, shown, counted, compared with others."""
