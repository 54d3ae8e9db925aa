"""Statuses, sets of statuses and allowed transitions, as data; one subject a file."""
