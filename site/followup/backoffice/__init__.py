"""Screens of the follow-up in the Wagtail admin, a package for each subject."""
