"""What the follow-up does by itself."""

import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.duties.registry import DutySpec
from core.duties.schedule import Daily
from followup.notes.erase import erase_due_notes
from followup.requests.forget import prune_requests


def forget_requests(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """The contact persons of requests long over."""
    return {gettext_noop("requests for support"): prune_requests(now=now, dry_run=dry_run)}


def erase_notes(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """The notes of files long over."""
    return {gettext_noop("notes of files"): erase_due_notes(now=now, dry_run=dry_run)}


DUTIES = [
    DutySpec(
        name="prune_support_requests",
        label=_("Forget the contact persons of requests for support long over"),
        schedule=Daily(3, 25),
        run=forget_requests,
    ),
    DutySpec(name="erase_notes", label=_("Erase the notes of files long over"), schedule=Daily(3, 30), run=erase_notes),
]
