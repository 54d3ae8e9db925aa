"""Figures of the follow-up: each subject has modules of its own, and its sources are joined here."""

from core.figures.definitions import Source
from followup.figures import activities, counters, missing, pat, requests, sheet_totals, sheets, told

SOURCES: tuple[Source, ...] = (
    *requests.SOURCES,
    *pat.SOURCES,
    Source(name="followup.activities", read=activities.read, definitions=counters.DEFINITIONS, missing=missing.unsorted_activities),
    Source(
        name="followup.sheets",
        read=told.read,
        definitions=(*sheets.DEFINITIONS, *sheet_totals.TOTALS),
        missing=missing.unfinished_sheets,
    ),
)
