"""Back-office screens of imports."""
