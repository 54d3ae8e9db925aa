"""Reads, one file a subject."""
