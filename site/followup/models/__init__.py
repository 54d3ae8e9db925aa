"""Rows of the follow-up. None of them knows a patient, a user of a service or a tenant."""

from followup.models.activities import Activity, ActivityCategory, ActivityKind, CountedAs, CountSheet, SheetNumber, SheetTeam
from followup.models.files import File, FileEvent, FileTransition
from followup.models.notes import Note, NoteCount, NoteReading, TeamChange
from followup.models.requests import Request, RequestTransition

__all__ = [
    "Activity",
    "ActivityCategory",
    "ActivityKind",
    "CountSheet",
    "CountedAs",
    "File",
    "FileEvent",
    "FileTransition",
    "Note",
    "NoteCount",
    "NoteReading",
    "Request",
    "RequestTransition",
    "SheetNumber",
    "SheetTeam",
    "TeamChange",
]
