"""Reads of the ledger."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Count

from newsletter.enums.issues import FINAL, DeliveryStatus


class DeliveryQuerySet(models.QuerySet):
    """Deliveries."""

    def counts(self) -> dict[str, int]:
        """How many in each status; every status is named. One query."""
        found = dict(self.order_by().values_list("status").annotate(n=Count("pk")))
        return {status.value: found.get(status.value, 0) for status in DeliveryStatus}

    def counts_by_language(self) -> dict[str, dict[str, int]]:
        """Language → status → how many. One query."""
        table: dict[str, dict[str, int]] = {}
        for language, status, count in self.order_by().values_list("edition__language", "status").annotate(n=Count("pk")):
            table.setdefault(language, {each.value: 0 for each in DeliveryStatus})[status] = count
        return table

    def waiting(self) -> Self:
        return self.filter(status=DeliveryStatus.WAITING)

    def claimed(self) -> Self:
        return self.filter(status=DeliveryStatus.CLAIMED)

    def missed(self) -> Self:
        """Those of subscribers who, as far as is known, did not get it."""
        return self.filter(status__in=(FINAL - {DeliveryStatus.ACCEPTED}))

    def stale(self, before: datetime.datetime) -> Self:
        """Claims so old that their sender must be dead: a sender gives up on a mail server much sooner."""
        return self.claimed().filter(claimed_at__lt=before)
