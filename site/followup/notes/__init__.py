"""Notes on a file, read by its own team only; each reading leaves a row."""
