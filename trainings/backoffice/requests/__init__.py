"""Back-office screens of the requests of organisations."""
