"""How far the sending of an issue is."""

import datetime
import math
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from newsletter.enums.issues import FINAL, DeliveryStatus, IssueStatus
from newsletter.models import Issue

# The speed is that of the latest minute.
WINDOW = datetime.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of the ledger. `adds_up`: everybody is accounted for, which is proved by counting, not assumed."""

    status: str
    total: int
    counts: dict[str, int]
    by_language: dict[str, dict[str, int]]
    seconds_left: int | None

    @property
    def done(self) -> int:
        return sum(self.counts[status] for status in FINAL)

    @property
    def share(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def minutes_left(self) -> int | None:
        return None if self.seconds_left is None else max(1, math.ceil(self.seconds_left / 60))

    @property
    def is_moving(self) -> bool:
        return self.status == IssueStatus.SENDING

    @property
    def adds_up(self) -> bool:
        return self.total > 0 and self.done == self.total

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Every status somebody is in, in the order of DeliveryStatus, with the share for a bar."""
        return [
            {
                "status": status.value,
                "label": str(status.label),
                "value": self.counts[status],
                "share": round(100 * self.counts[status] / self.total, 1),
            }
            for status in DeliveryStatus
            if self.counts[status]
        ]


def progress_of(issue: Issue, now: datetime.datetime) -> Progress:
    """Two queries, three while it is sent."""
    by_language = issue.deliveries.counts_by_language()
    counts = {status.value: sum(row[status.value] for row in by_language.values()) for status in DeliveryStatus}
    left = counts[DeliveryStatus.WAITING] + counts[DeliveryStatus.CLAIMED]
    seconds = None
    if issue.status == IssueStatus.SENDING and left:
        lately = issue.deliveries.filter(done_at__gt=now - WINDOW).count()
        begun = max(issue.started_at or now, now - WINDOW)
        elapsed = max((now - begun).total_seconds(), 1)
        speed = lately / elapsed or (settings.NEWSLETTER_RATE * settings.NEWSLETTER_SENDERS)
        seconds = math.ceil(left / speed) if speed else None
    return Progress(issue.status, sum(counts.values()), counts, by_language, seconds)
