"""Since when an issue tells."""

import datetime

from django.utils import timezone

from newsletter.issues.sources import Period
from newsletter.models import Issue

FIRST = datetime.timedelta(days=31)


def period_of(issue: Issue, now: datetime.datetime) -> Period:
    """From the sending of the latest issue before until `now`: one that was planned and never left has told nothing yet.

    Where none has ever left: a month, and the whole month of an issue before.
    """
    before = Issue.objects.filter(number__lt=issue.number).order_by("-number")
    sent = before.ever_sent().first()
    if sent and sent.started_at:
        return Period(sent.started_at, now)
    months = (timezone.make_aware(datetime.datetime.combine(planned.month, datetime.time())) for planned in before[:1])
    return Period(min([now - FIRST, *months]), now)
