"""What the trainings do by themselves."""

import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.duties.registry import DutySpec
from core.duties.schedule import Daily
from trainings.enrolment.access_needs import erase_access_needs
from trainings.privacy import prune_enrolments


def forget_access_needs(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    return {gettext_noop("access needs"): erase_access_needs(now=now, dry_run=dry_run)}


DUTIES = [
    DutySpec(name="prune_enrolments", label=_("Forget the people of sessions long over"), schedule=Daily(3, 15), run=prune_enrolments),
    DutySpec(name="erase_access_needs", label=_("Erase access needs after the session"), schedule=Daily(3, 20), run=forget_access_needs),
]
