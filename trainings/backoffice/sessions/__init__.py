"""Back-office screens of sessions."""
