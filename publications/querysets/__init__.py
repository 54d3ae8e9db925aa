"""Reads, one file per model file."""
