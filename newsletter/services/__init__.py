"""Writes, one use case a function."""
