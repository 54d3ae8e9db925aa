"""Notes on files."""
