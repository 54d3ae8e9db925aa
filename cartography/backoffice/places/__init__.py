"""Back-office screens of places."""
