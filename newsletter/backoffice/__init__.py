"""The newsletter's part of the Wagtail admin. Closed by default."""
