"""What was done for a file, noted in seconds."""

import datetime

from django.db import transaction

from core.models import User
from followup.enums import EventKind
from followup.files.status import BeforeItOpened, lock_file
from followup.models import File, FileEvent


class FileIsOver(Exception):
    """A closed file takes no event after the day it was closed."""


@transaction.atomic
def log_event(
    *,
    file: File,
    kind: EventKind,
    held_on: datetime.date,
    now: datetime.datetime,
    by: User | None,
    minutes: int | None = None,
    people: int | None = None,
    label: str = "",
) -> FileEvent:
    """Notes one event; on a closed file only one that was forgotten. Raises FileIsOver, BeforeItOpened."""
    current = lock_file(file.pk)
    if held_on < current.opened_on:
        raise BeforeItOpened
    if current.closed_on is not None and held_on > current.closed_on:
        raise FileIsOver
    return FileEvent.objects.create(
        file=current, kind=kind, held_on=held_on, minutes=minutes, people=people, label=label.strip(), by=by, noted_at=now
    )


@transaction.atomic
def remove_event(*, event: FileEvent) -> None:
    """Noted by mistake."""
    lock_file(event.file_id)
    FileEvent.objects.filter(pk=event.pk).delete()
