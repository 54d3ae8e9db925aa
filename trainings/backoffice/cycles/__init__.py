"""Cycles of groups in the admin."""
