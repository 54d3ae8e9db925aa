"""Timed duties: what the site does by itself, when, and whether it did. One table, run by the worker or by `manage.py run_duties`."""
