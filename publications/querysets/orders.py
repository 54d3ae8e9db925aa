"""Reads of orders."""

import datetime

from django.db import models
from django.db.models import Case, F, When

from publications.enums import OPEN_ORDERS, OrderStatus


class PaperOrderQuerySet(models.QuerySet):
    """Orders."""

    def open(self) -> "PaperOrderQuerySet":
        """Those that still ask something of somebody."""
        return self.filter(status__in=OPEN_ORDERS)

    def waiting(self) -> "PaperOrderQuerySet":
        """Those who wait for copies, the oldest first."""
        return self.filter(status=OrderStatus.WAITING).order_by("queued_at", "pk")

    def to_send(self) -> "PaperOrderQuerySet":
        """Reserved, the oldest first: the pile on the desk."""
        return self.filter(status=OrderStatus.RESERVED).order_by("created_at", "pk")

    def for_the_desk(self) -> "PaperOrderQuerySet":
        """What is to send, then who waits, the oldest first; then what is done, the latest first."""
        statuses = (OrderStatus.RESERVED, OrderStatus.WAITING)
        turn = Case(*(When(status=status, then=place) for place, status in enumerate(statuses)), default=len(statuses))
        return self.order_by(turn, F("closed_at").desc(nulls_first=True), "created_at", "pk")

    def of_person(self, email: str) -> "PaperOrderQuerySet":
        """Those of one address; of an erased one nobody knows."""
        return self.filter(email__iexact=email.strip()).exclude(email="")

    def with_address_since(self, moment: datetime.datetime) -> "PaperOrderQuerySet":
        """Closed before `moment` and still holding an address."""
        return self.filter(closed_at__lt=moment, erased_at=None).exclude(status__in=OPEN_ORDERS)
