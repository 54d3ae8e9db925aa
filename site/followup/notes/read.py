"""Reading leaves a row, in the same transaction: no text is shown that was not noted as read."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from core.models import User
from followup.models import File, Note, NoteReading
from followup.notes.access import require_team
from followup.notes.sealing import KeyMissing, unseal


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note with its text, which stands in no representation of it. No text: none of the keys opens it."""

    note: Note
    text: str = field(repr=False)
    is_lost: bool = False


@sensitive_variables()
@transaction.atomic
def read_notes(*, file: File, by: User, now: datetime.datetime, only: int | None = None) -> list[OpenedNote]:
    """All notes of the file that were not erased, the latest first, or the one of a key. Raises NotOfTheTeam."""
    require_team(by, file)
    notes = file.notes.filter(erased_at=None).select_related("written_by", "amends")
    opened = [_opened(note) for note in (notes.filter(pk=only) if only else notes)]
    NoteReading.objects.bulk_create(NoteReading(note=each.note, at=now, by=by) for each in opened if not each.is_lost)
    return opened


@sensitive_variables()
def _opened(note: Note) -> OpenedNote:
    try:
        return OpenedNote(note, unseal(note.sealed))
    except KeyMissing:
        return OpenedNote(note, "", is_lost=True)
