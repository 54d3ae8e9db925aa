"""Places: writes, pages, counts, duplicates."""
