"""What the map does by itself."""

import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cartography.freshness.reminders import ask_for_confirmation
from cartography.importing.run import KEPT
from cartography.models import PlaceImportRow
from cartography.submissions.services import forget_senders
from core.duties.registry import DutySpec
from core.duties.schedule import Daily


def remind_services(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    asked = ask_for_confirmation(now=now, dry_run=dry_run)
    return {
        gettext_noop("services reminded"): asked.reminded,
        gettext_noop("records marked “to be confirmed”"): asked.marked,
        gettext_noop("records without an address to write to"): asked.without_email,
    }


def forget_who_wrote(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    erased, dropped = forget_senders(now=now, dry_run=dry_run)
    return {gettext_noop("senders"): erased, gettext_noop("proposals never confirmed"): dropped}


def forget_import_rows(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    old = PlaceImportRow.objects.filter(place_import__created_at__lt=now - KEPT)
    return {gettext_noop("rows of imports"): old.count() if dry_run else old.delete()[0]}


DUTIES = [
    # By day: these are mails to people at work.
    DutySpec(name="remind_services", label=_("Ask services whether their record is still right"), schedule=Daily(9), run=remind_services),
    DutySpec(name="forget_senders", label=_("Forget who wrote about the map"), schedule=Daily(3, 35), run=forget_who_wrote),
    DutySpec(name="forget_import_rows", label=_("Forget the rows of old imports of places"), schedule=Daily(3, 40), run=forget_import_rows),
]
