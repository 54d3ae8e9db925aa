"""Two rows that are one thing: found, merged with all that hangs on them, undone, or kept apart."""
