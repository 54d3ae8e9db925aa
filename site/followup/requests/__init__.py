"""Institutions and teams ask for help: the mobile team, a supervision, an accompaniment towards peer support."""
