"""Back-office screens of files."""
