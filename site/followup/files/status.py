"""The lock of a file, and the only way to a new status."""

import datetime

from django.utils import timezone

from core.lifecycle.transitions import next_status, record_transition
from core.models import User
from followup.enums import FILE_ENDS, FILE_TRANSITIONS, FileStatus
from followup.models import File
from followup.requests.status import moment_of


class BeforeItOpened(Exception):
    """The day given is before the file was opened."""


def lock_file(file_id: int) -> File:
    """The file as it is now, its row locked until the transaction ends. First in every write."""
    return File.objects.select_related("request").select_for_update(of=("self",)).get(pk=file_id)


def change_status(
    file: File, to: FileStatus, *, now: datetime.datetime, on: datetime.date | None = None, by: User | None = None, reason: str = ""
) -> None:
    """Writes the new status and its dated row. Raises TransitionNotAllowed, BeforeItOpened."""
    day = on or timezone.localdate(now)
    if day < file.opened_on:
        raise BeforeItOpened
    was, file.status = file.status, next_status(FILE_TRANSITIONS, file.status, to)
    file.closed_on = day if to in FILE_ENDS else None
    if to in FILE_ENDS:
        file.next_step, file.next_step_on, file.next_step_by = "", None, None
    file.save(update_fields=["status", "closed_on", "next_step", "next_step_on", "next_step_by"])
    record_transition(file, was, now=moment_of(on, now), by=by, reason=reason)
