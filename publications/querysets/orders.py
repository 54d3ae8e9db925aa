"""Reads of orders."""

import datetime

from django.db import models

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

    def with_address_since(self, moment: datetime.datetime) -> "PaperOrderQuerySet":
        """Closed before `moment` and still holding an address."""
        return self.filter(closed_at__lt=moment, erased_at=None).exclude(status__in=OPEN_ORDERS)
