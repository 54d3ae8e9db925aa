"""Figures of the follow-up: each subject has a module of its own, and its sources are joined here."""

from followup.figures import pat, requests

SOURCES = (*requests.SOURCES, *pat.SOURCES)
