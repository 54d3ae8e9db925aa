"""Figures of the follow-up: each subject has a module of its own, and its sources are joined here."""

from followup.figures import counters, pat, requests, sheet_totals

SOURCES = (*requests.SOURCES, *pat.SOURCES, *counters.SOURCES, *sheet_totals.SOURCES)
