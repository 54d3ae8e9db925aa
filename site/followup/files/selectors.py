"""Reads of files: the work list of a colleague."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from followup.enums import FILE_ENDS
from followup.models import File


def silence_begins(today: datetime.date) -> datetime.date:
    """Open files without an event since this day are silent."""
    return today - datetime.timedelta(weeks=settings.FOLLOW_UP_SILENT_WEEKS)


def files_of(user: Any) -> QuerySet[File]:
    """Those a user may read, with the day of the latest event and what each row of a listing says. One query."""
    rows: QuerySet[File] = File.objects.for_user(user).with_latest_event()
    return rows.select_related("request__owner", "request__organisation", "request__sector", "next_step_by")


def silent_files(user: Any, *, today: datetime.date, limit: int) -> list[File]:
    """The longest silent first."""
    rows: Any = files_of(user)
    return list(rows.silent_since(silence_begins(today))[:limit])


def next_steps(user: Any, *, limit: int) -> list[File]:
    """What she is to do next herself, the most urgent first; without a day last."""
    rows = files_of(user).filter(next_step_by=user.pk).exclude(next_step="").exclude(status__in=FILE_ENDS)
    return list(rows.order_by("next_step_on", "pk")[:limit])
