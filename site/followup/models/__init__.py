"""Requests, files, notes and what is only counted: one subject a file."""

from followup.models.activities import Activity, ActivityCategory, ActivityKind, CountedAs, CountSheet, SheetNumber, SheetTeam

__all__ = [
    "Activity",
    "ActivityCategory",
    "ActivityKind",
    "CountSheet",
    "CountedAs",
    "SheetNumber",
    "SheetTeam",
]
