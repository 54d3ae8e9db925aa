"""Reads of issues."""

import datetime
from typing import Self

from django.db import models

from newsletter.enums.issues import DeliveryStatus, IssueStatus

OVER = (IssueStatus.SENT, IssueStatus.CANCELLED)


class IssueQuerySet(models.QuerySet):
    """Issues."""

    def due(self, now: datetime.datetime) -> Self:
        """Scheduled ones that are due."""
        return self.filter(status=IssueStatus.SCHEDULED, send_at__lte=now)

    def at_work(self) -> Self:
        """Those that are not finished, the next one first."""
        return self.exclude(status__in=OVER).order_by("number")

    def over(self) -> Self:
        """Sent or cancelled."""
        return self.filter(status__in=OVER)

    def being_sent(self) -> Self:
        return self.filter(status=IssueStatus.SENDING)

    def stopped_with_claims(self) -> Self:
        """Paused or cancelled ones that still have claimed deliveries; their sender may be dead."""
        stopped = self.filter(status__in=(IssueStatus.PAUSED, IssueStatus.CANCELLED))
        deliveries = self.model._meta.apps.get_model("newsletter", "Delivery").objects
        return stopped.filter(models.Exists(deliveries.filter(issue=models.OuterRef("pk"), status=DeliveryStatus.CLAIMED)))

    def ever_sent(self) -> Self:
        """Those whose sending started at least once."""
        return self.filter(started_at__isnull=False)
