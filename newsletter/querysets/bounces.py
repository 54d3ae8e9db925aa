"""Chainable reads of bounces and replies."""

import datetime
from typing import Self

from django.db.models import Count, QuerySet

from newsletter.enums.bounces import TROUBLE_OF_THE_ISSUE


class BounceQuerySet(QuerySet):
    """Bounces and complaints."""

    def of_deliveries(self, deliveries: QuerySet) -> Self:
        """What came back of these."""
        return self.filter(delivery_id__in=deliveries.order_by().values("pk"))

    def standing(self) -> Self:
        """Those nobody overturned."""
        return self.filter(overturned_at__isnull=True)

    def trouble(self, since: datetime.datetime) -> Self:
        """What may mean that something is wrong with us."""
        return self.standing().filter(reason__in=[reason.value for reason in TROUBLE_OF_THE_ISSUE], at__gte=since)

    def by_reason(self) -> dict[str, int]:
        """How many of each reason, the most frequent first."""
        rows = self.order_by().values("reason").annotate(count=Count("pk")).order_by("-count", "reason")
        return {row["reason"]: row["count"] for row in rows}


class ReplyQuerySet(QuerySet):
    """What people wrote to the address our mail came from."""

    def unread(self) -> Self:
        """Nobody has dealt with them."""
        return self.filter(done_at__isnull=True)
