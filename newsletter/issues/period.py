"""The time span an issue covers."""

import datetime

from django.utils import timezone

from newsletter.issues.sources import Period
from newsletter.models import Issue

FIRST = datetime.timedelta(days=31)


def period_of(issue: Issue, now: datetime.datetime) -> Period:
    """From the sending of the previous issue until `now`; issues that were planned but never sent do not count.

    Before the first sending: a month, and the whole month of a planned issue before.
    """
    before = Issue.objects.filter(number__lt=issue.number).order_by("-number")
    sent = before.ever_sent().first()
    if sent and sent.started_at:
        return Period(sent.started_at, now)
    months = (timezone.make_aware(datetime.datetime.combine(planned.month, datetime.time())) for planned in before[:1])
    return Period(min([now - FIRST, *months]), now)
