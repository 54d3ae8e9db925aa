"""Admin views that serve files."""
