"""What became of the site itself is kept for a year."""

import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.duties.registry import DutySpec
from core.duties.schedule import Daily
from core.models import Incident

KEPT = datetime.timedelta(days=365)


def forget_incidents(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    old = Incident.objects.filter(ended_at__lt=now - KEPT)
    return {gettext_noop("incidents"): old.count() if dry_run else old.delete()[0]}


DUTIES = [
    DutySpec(name="forget_incidents", label=_("Delete incidents that were over a year ago"), schedule=Daily(3, 35), run=forget_incidents),
]
