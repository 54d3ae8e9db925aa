"""Screens of the report and of what it lacks."""
