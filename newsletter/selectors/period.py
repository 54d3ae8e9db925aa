"""Since when an issue tells."""

import datetime

from django.utils import timezone

from newsletter.models import Issue
from newsletter.sources import Period

FIRST = datetime.timedelta(days=31)


def period_of(issue: Issue, now: datetime.datetime) -> Period:
    """From the sending of the issue before (else the first day of its month; else a month ago) until `now`."""
    before = Issue.objects.filter(number__lt=issue.number).order_by("-number").first()
    if before is None:
        return Period(now - FIRST, now)
    month = timezone.make_aware(datetime.datetime.combine(before.month, datetime.time()))
    return Period(before.started_at or month, now)
