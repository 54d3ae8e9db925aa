"""Back-office screens of works and editions."""
