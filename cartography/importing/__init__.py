"""Import of place files: reading and checking are pure functions; `run` writes."""
