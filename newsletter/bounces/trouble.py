"""Detects that many mails of one issue bounce for reasons that are not about the recipients: a person must look."""

import datetime

from newsletter.enums.issues import FINAL, IssueStatus
from newsletter.models import Bounce, Issue
from newsletter.signals import trouble_repeats

# So many, and so many in a hundred of the mails whose fate is known. One mail server with a bad day stays below.
LEAST = 8
SHARE = 0.05


def watch_issue(*, issue_id: int, now: datetime.datetime) -> bool:
    """Tells of an issue whose mails come back in numbers since it was last sent or resumed; returns whether it did."""
    issue = Issue.objects.filter(pk=issue_id, status__in=(IssueStatus.SENDING, IssueStatus.SENT)).first()
    if issue is None:
        return False
    begun = issue.transitions.filter(to_status=IssueStatus.SENDING).order_by("-at", "-pk").values_list("at", flat=True).first()
    bounces = Bounce.objects.of_deliveries(issue.deliveries.all()).trouble(
        since=begun or issue.started_at or now - datetime.timedelta(days=30)
    )
    subscribers = bounces.order_by().values("subscriber").distinct().count()
    if subscribers < max(LEAST, SHARE * issue.deliveries.filter(status__in=FINAL).count()):
        return False
    latest = bounces.first()
    # The server's own words: the rest of the note is translated when shown.
    trouble_repeats.send(sender=Issue, issue_id=issue.pk, reason=f"{subscribers} × {latest.words if latest else ''}".strip(), now=now)
    return True


def watch_issues_of(*, bounces: list[Bounce], now: datetime.datetime) -> None:
    """As `watch_issue`, once for each issue some bounces belong to."""
    numbers = {bounce.delivery_id for bounce in bounces if bounce.delivery_id}
    for issue_id in Issue.objects.filter(deliveries__in=numbers).order_by("pk").values_list("pk", flat=True).distinct():
        watch_issue(issue_id=issue_id, now=now)
