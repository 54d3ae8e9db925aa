"""Notes go: one by one where it must not stand there, all of them some time after the file is over."""

import calendar
import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F
from django.db.models.functions import ExtractYear
from django.utils import timezone

from core.models import User
from followup.models import Note, NoteCount
from followup.notes.access import require_team


@transaction.atomic
def erase_note(*, note: Note, by: User, now: datetime.datetime) -> None:
    """Its text goes at once; who wrote and who read it stays until the file is cleaned. Raises NotOfTheTeam."""
    require_team(by, note.file)
    Note.objects.filter(pk=note.pk, erased_at=None).update(sealed="", erased_at=now, erased_by=by)


def last_day_kept(now: datetime.datetime) -> datetime.date:
    """Files closed on this day or before keep no note any more."""
    today = timezone.localdate(now)
    year, month = divmod(today.year * 12 + today.month - 1 - settings.FOLLOW_UP_NOTES_MONTHS, 12)
    return today.replace(year=year, month=month + 1, day=min(today.day, calendar.monthrange(year, month + 1)[1]))


@transaction.atomic
def erase_due_notes(*, now: datetime.datetime, dry_run: bool = False) -> int:
    """The timed duty: removes the notes of files long over, with who read them, and keeps how many there were in each year."""
    due = Note.objects.of_files_closed_by(last_day_kept(now))
    if dry_run:
        return int(due.count())
    keys = list(due.select_for_update(of=("self",)).values_list("pk", flat=True))
    going = Note.objects.filter(pk__in=keys).order_by()
    for file, year, notes in going.values_list("file", ExtractYear("written_at")).annotate(Count("pk")):
        row, is_new = NoteCount.objects.get_or_create(file_id=file, year=year, defaults={"notes": notes})
        if not is_new:  # notes of a file that was taken up again
            NoteCount.objects.filter(pk=row.pk).update(notes=F("notes") + notes)
    going.delete()
    return len(keys)
