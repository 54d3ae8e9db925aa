"""Queries of orders."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Case, F, Max, When

from publications.enums import OPEN_ORDERS, OrderStatus


class PaperOrderQuerySet(models.QuerySet):
    """Orders."""

    def open(self) -> Self:
        """Those that still ask something of somebody."""
        return self.filter(status__in=OPEN_ORDERS)

    def waiting(self) -> Self:
        """Those who wait for copies, the oldest first."""
        return self.filter(status=OrderStatus.WAITING).order_by("queued_at", "pk")

    def latest_queued_at(self) -> datetime.datetime | None:
        """When the last of those who wait joined the queue."""
        latest: datetime.datetime | None = self.waiting().aggregate(latest=Max("queued_at"))["latest"]
        return latest

    def to_send(self) -> Self:
        """Reserved, the oldest first: as they are packed."""
        return self.filter(status=OrderStatus.RESERVED).order_by("created_at", "pk")

    def for_the_desk(self) -> Self:
        """What is to send, then who waits, the oldest first; then what is done, the latest first."""
        statuses = (OrderStatus.RESERVED, OrderStatus.WAITING)
        turn = Case(*(When(status=status, then=place) for place, status in enumerate(statuses)), default=len(statuses))
        return self.order_by(turn, F("closed_at").desc(nulls_first=True), "created_at", "pk")

    def of_person(self, email: str) -> Self:
        """Those of one address; of an erased one nobody knows."""
        return self.filter(email__iexact=email.strip()).exclude(email="")

    def with_address_since(self, moment: datetime.datetime) -> Self:
        """Closed before `moment` and still holding an address."""
        return self.filter(closed_at__lt=moment, erased_at=None).exclude(status__in=OPEN_ORDERS)
