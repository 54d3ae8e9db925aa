"""Reads that join models, one subject a file."""
