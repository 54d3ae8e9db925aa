"""The figures of the follow-up for the report of a year: each subject gives its own."""

from core.figures.definitions import Source
from followup.figures import activities, counters, missing, sheet_totals, sheets, told

SOURCES: tuple[Source, ...] = (
    Source(name="followup.activities", read=activities.read, definitions=counters.DEFINITIONS, missing=missing.unsorted_activities),
    Source(
        name="followup.sheets",
        read=told.read,
        definitions=(*sheets.DEFINITIONS, *sheet_totals.TOTALS),
        missing=missing.unfinished_sheets,
    ),
)
