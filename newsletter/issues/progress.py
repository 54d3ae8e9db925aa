"""Progress of the sending of an issue."""

import datetime
import math
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from newsletter.enums.issues import FINAL, DeliveryStatus, IssueStatus
from newsletter.models import Issue

# The speed is measured over the latest minute.
WINDOW = datetime.timedelta(minutes=1)
# After this time a worker should have started an issue that is due.
LATE_AFTER = datetime.timedelta(minutes=2)
LATE = "late"
# Shown while it is being sent, even at zero.
ALWAYS_SHOWN = (DeliveryStatus.WAITING, DeliveryStatus.CLAIMED, DeliveryStatus.ACCEPTED)
# Explanations beside the figures.
HINTS = {
    DeliveryStatus.REFUSED: _("The address does not work, or its server does not take the mail."),
    DeliveryStatus.SUPPRESSED: _("Left, or was erased, after the audience was counted."),
    DeliveryStatus.UNCERTAIN: _("The connection broke at the one moment when nobody can know. Never sent again by itself."),
    DeliveryStatus.CANCELLED: _("The sending was stopped before their turn."),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of the ledger. `adds_up`: every delivery has a final status."""

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

    def share_of(self, status: str) -> float:
        """Percent of the audience, for a bar."""
        return round(100 * self.counts[status] / self.total, 1) if self.total else 0

    @property
    def minutes_left(self) -> int | None:
        return None if self.seconds_left is None else max(1, math.ceil(self.seconds_left / 60))

    @property
    def is_moving(self) -> bool:
        return self.status == IssueStatus.SENDING

    @property
    def is_paused(self) -> bool:
        return self.status == IssueStatus.PAUSED

    @property
    def adds_up(self) -> bool:
        return self.total > 0 and self.done == self.total

    @property
    def accepted(self) -> int:
        return self.counts[DeliveryStatus.ACCEPTED]

    @property
    def languages(self) -> list[str]:
        """The editions side by side; empty where there is only one."""
        codes = [code for code, _name in settings.LANGUAGES if code in self.by_language]
        return codes if len(codes) > 1 else []

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each status with deliveries (while sending, also the usual ones), in the order of DeliveryStatus, with the share for a bar."""
        return [
            {
                "status": status.value,
                "label": str(status.label),
                "hint": str(HINTS.get(status, "")),
                "value": self.counts[status],
                "by_language": [self.by_language[code][status] for code in self.languages],
                "share": self.share_of(status),
            }
            for status in DeliveryStatus
            if self.counts[status] or (self.is_moving and status in ALWAYS_SHOWN)
        ]


def shown_status(issue: Issue, now: datetime.datetime) -> str:
    """The status for display: LATE when a worker should have started by now."""
    return LATE if issue.is_due(now - LATE_AFTER) else issue.status


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
