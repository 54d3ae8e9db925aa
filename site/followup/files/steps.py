"""What changes a file: its next step, and whether it goes on."""

import datetime

from django.db import transaction

from core.models import User
from followup.enums import FileStatus
from followup.files.status import change_status, lock_file
from followup.models import File


@transaction.atomic
def take_step(*, file: File, to: FileStatus, now: datetime.datetime, by: User, on: datetime.date | None = None, reason: str = "") -> File:
    """On hold, closed, broken off, or open again. Raises TransitionNotAllowed, BeforeItOpened."""
    current = lock_file(file.pk)
    change_status(current, to, now=now, on=on, by=by, reason=reason)
    return current


@transaction.atomic
def plan_next_step(*, file: File, next_step: str, on: datetime.date | None = None, who: User | None = None) -> File:
    """Who does what next, by when; empty: nothing is planned."""
    current = lock_file(file.pk)
    planned = next_step.strip()
    current.next_step = planned
    current.next_step_on, current.next_step_by = (on, who) if planned else (None, None)
    current.save(update_fields=["next_step", "next_step_on", "next_step_by"])
    return current
