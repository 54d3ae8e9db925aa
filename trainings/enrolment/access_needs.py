"""Erases access needs after the last meeting."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q

from trainings.enums import SessionStatus
from trainings.models import Enrolment, Meeting

KEPT_DAYS = 7


@transaction.atomic
def erase_access_needs(*, now: datetime.datetime, dry_run: bool = False) -> int:
    """Empties the access needs of sessions whose latest meeting is ACCESS_NEEDS_KEPT_DAYS days behind, and of cancelled ones.

    Returns how many enrolments were emptied (would be, in a dry run). (A cancelled enrolment loses them at once.)
    """
    limit = now - datetime.timedelta(days=getattr(settings, "ACCESS_NEEDS_KEPT_DAYS", KEPT_DAYS))
    over = Meeting.objects.order_by().values("session").annotate(latest=Max("ends_at")).filter(latest__lt=limit).values("session")
    due = Enrolment.objects.exclude(access_needs="").filter(Q(session__in=over) | Q(session__status=SessionStatus.CANCELLED))
    return due.count() if dry_run else due.update(access_needs="")
