"""Mails by rule, planned from the facts of each session, and what coordinators write to the people of a session."""
