"""Reads of issues."""

import datetime

from django.db import models

from newsletter.enums.issues import DeliveryStatus, IssueStatus

OVER = (IssueStatus.SENT, IssueStatus.CANCELLED)


class IssueQuerySet(models.QuerySet):
    """Issues."""

    def due(self, now: datetime.datetime) -> "IssueQuerySet":
        """Scheduled ones whose moment has come."""
        return self.filter(status=IssueStatus.SCHEDULED, send_at__lte=now)

    def at_work(self) -> "IssueQuerySet":
        """Those somebody is busy with, or that are on their way; the next one first."""
        return self.exclude(status__in=OVER).order_by("number")

    def over(self) -> "IssueQuerySet":
        """Sent, or stopped for good."""
        return self.filter(status__in=OVER)

    def being_sent(self) -> "IssueQuerySet":
        return self.filter(status=IssueStatus.SENDING)

    def left_in_hand(self) -> "IssueQuerySet":
        """Paused or stopped ones with mails in the hand of a sender, which is perhaps gone."""
        stopped = self.filter(status__in=(IssueStatus.PAUSED, IssueStatus.CANCELLED))
        deliveries = self.model._meta.apps.get_model("newsletter", "Delivery").objects
        return stopped.filter(models.Exists(deliveries.filter(issue=models.OuterRef("pk"), status=DeliveryStatus.CLAIMED)))

    def ever_sent(self) -> "IssueQuerySet":
        """Those with at least a beginning of a sending."""
        return self.filter(started_at__isnull=False)
