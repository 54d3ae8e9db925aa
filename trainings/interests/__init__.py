"""Interests: 'tell me when a date is set', confirmed by mail."""
