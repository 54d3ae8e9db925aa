"""Listings, rows and actions, one subject a file."""
