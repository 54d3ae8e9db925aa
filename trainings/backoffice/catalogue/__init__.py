"""Back-office screens of modules."""
