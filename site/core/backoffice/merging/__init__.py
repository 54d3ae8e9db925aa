"""Back-office screens of rows that are known twice: found, compared, merged, undone, kept apart."""
