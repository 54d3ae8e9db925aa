"""Copies in stock, always summed from the stock moves."""

from dataclasses import dataclass

from django.db.models import Sum

from core.lifecycle.waiting_list import count_ahead
from publications.enums import OrderStatus
from publications.models import Edition, PaperOrder, StockMove


@dataclass(frozen=True, slots=True)
class Stock:
    """The copies an edition has left now, and how many orders wait for some."""

    copies: int
    waiting_orders: int

    def has_room_for(self, copies: int) -> bool:
        """Whether a new order gets its copies at once. While an order waits, a new one waits too."""
        return self.copies >= copies and not self.waiting_orders


def edition_stock(edition: Edition) -> Stock:
    """Two queries."""
    total = StockMove.objects.filter(edition=edition).aggregate(total=Sum("quantity"))["total"] or 0
    return Stock(copies=total, waiting_orders=PaperOrder.objects.filter(edition=edition, status=OrderStatus.WAITING).count())


def edition_to_order(reference: str) -> Edition | None:
    """An edition the public may order, with its work; None for an unknown, private or unprinted one."""
    rows = Edition.objects.reachable().filter(is_orderable=True, reference=reference)
    found: Edition | None = rows.select_related("work__series", "current_file").with_stock().first()
    return found


def order_by_token(token: str) -> PaperOrder | None:
    """The order of a mailed link."""
    return PaperOrder.objects.select_related("edition__work").filter(token=token).first()


def waiting_before(order: PaperOrder) -> int:
    """How many orders of this edition wait longer."""
    if order.queued_at is None:
        return 0
    return count_ahead(PaperOrder.objects.waiting().filter(edition=order.edition_id), order)
