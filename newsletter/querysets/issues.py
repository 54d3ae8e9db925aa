"""Reads of issues."""

import datetime

from django.db import models

from newsletter.enums.issues import IssueStatus


class IssueQuerySet(models.QuerySet):
    """Issues."""

    def due(self, now: datetime.datetime) -> "IssueQuerySet":
        """Scheduled ones whose moment has come."""
        return self.filter(status=IssueStatus.SCHEDULED, send_at__lte=now)

    def being_sent(self) -> "IssueQuerySet":
        return self.filter(status=IssueStatus.SENDING)

    def ever_sent(self) -> "IssueQuerySet":
        """Those with at least a beginning of a sending."""
        return self.filter(started_at__isnull=False)
