"""Approving a year, and what was approved."""
