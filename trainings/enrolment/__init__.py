"""Enrolments: enrol, wait, change, move, cancel; their mails and public pages."""
