"""A note is written. Nothing changes it afterwards."""

import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from core.models import User
from followup.models import File, Note
from followup.notes.access import require_team
from followup.notes.sealing import seal


@sensitive_variables()  # all: the text also stands in what is passed on to `atomic`
@transaction.atomic
def write_note(*, file: File, text: str, by: User, now: datetime.datetime, amends: Note | None = None) -> Note:
    """`amends`: the note of the same file that it corrects. Raises NotOfTheTeam."""
    require_team(by, file)
    earlier = file.notes.get(pk=amends.pk) if amends else None
    return Note.objects.create(file=file, sealed=seal(text.strip()), amends=earlier, written_by=by, written_at=now)
