"""Accounts of colleagues in the Wagtail admin: who they are, how they get in, and how they get in again."""
