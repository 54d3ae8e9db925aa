"""Views of the back-office, one subject a file."""
