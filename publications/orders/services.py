"""Creates, sends and cancels orders; cancelled copies go back to the stock."""

import datetime
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, fields

from django.db import transaction

from core.lifecycle.transitions import TransitionNotAllowed, next_status, record_transition
from core.lifecycle.waiting_list import end_of_queue
from core.models import User
from publications.enums import ORDER_TRANSITIONS, MoveKind, OrderStatus, Purpose
from publications.models import Edition, PaperOrder, StockMove
from publications.orders import mails
from publications.orders.selectors import edition_stock
from publications.orders.stock import lock_edition, serve_waiting, warn_when_low


class CannotOrder(Exception):
    """The edition is not offered on paper (any more)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderData:
    """What the form asks."""

    copies: int
    purpose: Purpose
    name: str
    email: str
    street: str
    postal_code: str
    municipality: str
    organisation: str = ""
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class OrderOutcome:
    """What became of it. `was_open_already`: tell the reader nothing of the first order, she may be a stranger."""

    order: PaperOrder
    was_open_already: bool


@transaction.atomic
def order_copies(*, edition_id: int, data: OrderData, now: datetime.datetime) -> OrderOutcome:
    """Reserves copies, or puts the order on the waiting list; the mail says which. Idempotent per email and edition."""
    edition = lock_edition(edition_id)
    if not Edition.objects.reachable().filter(pk=edition.pk, is_orderable=True).exists():
        raise CannotOrder
    email = data.email.strip().lower()
    existing = edition.orders.open().filter(email=email).first()
    if existing is not None:
        existing.edition = edition
        mails.order_already(existing, now=now)
        return OrderOutcome(existing, was_open_already=True)
    copies = min(data.copies, edition.copies_per_order)
    stock = edition_stock(edition)
    has_room = stock.has_room_for(copies)
    details = {each.name: getattr(data, each.name) for each in fields(OrderData)} | {"email": email, "copies": copies}
    order = PaperOrder.objects.create(
        edition=edition,
        status=OrderStatus.RESERVED if has_room else OrderStatus.WAITING,
        created_at=now,
        queued_at=None if has_room else end_of_queue(edition.orders.latest_queued_at(), now=now),
        **details,
    )
    record_transition(order, "", now=now)
    if has_room:
        StockMove.objects.create(edition=edition, kind=MoveKind.RESERVED, quantity=-copies, at=now, order=order)
        warn_when_low(edition, before=stock.copies, after=stock.copies - copies, now=now)
        mails.order_reserved(order, now=now)
    else:
        mails.order_waiting(order, now=now)
    return OrderOutcome(order, was_open_already=False)


@transaction.atomic
def send_order(*, order: PaperOrder, now: datetime.datetime, by: User | None = None) -> PaperOrder:
    """The parcel left. Raises TransitionNotAllowed."""
    current = lock_order(order.pk)
    _change_status(current, OrderStatus.SENT, now=now, by=by)
    mails.order_sent(current, now=now)
    return current


@transaction.atomic
def send_orders(*, orders: Iterable[PaperOrder], now: datetime.datetime, by: User | None = None) -> list[PaperOrder]:
    """Several parcels left; returns their orders. One that was sent or cancelled meanwhile is left as it is."""
    sent = []
    for order in sorted(orders, key=lambda order: (order.edition_id, order.pk)):  # editions are locked in one order by everybody
        with suppress(TransitionNotAllowed):
            sent.append(send_order(order=order, now=now, by=by))
    return sent


@transaction.atomic
def cancel_order(*, order: PaperOrder, now: datetime.datetime, by: User | None = None, reason: str = "") -> PaperOrder:
    """Copies go back to the stock and to waiting orders. Idempotent. Raises TransitionNotAllowed for an order already sent."""
    current = lock_order(order.pk)
    if current.status == OrderStatus.CANCELLED:
        return current
    was_reserved = current.status == OrderStatus.RESERVED
    _change_status(current, OrderStatus.CANCELLED, now=now, by=by, reason=reason)
    if was_reserved:
        StockMove.objects.create(edition=current.edition, kind=MoveKind.RETURNED, quantity=current.copies, at=now, by=by, order=current)
    mails.order_cancelled(current, now=now)
    # Also when the order itself waited: it may have stood in the way of a smaller one.
    serve_waiting(current.edition, now=now, by=by)
    return current


def lock_order(order_id: int) -> PaperOrder:
    """The order as it is now: first the row of its edition is locked, then its own."""
    edition = lock_edition(PaperOrder.objects.values_list("edition_id", flat=True).get(pk=order_id))
    current = PaperOrder.objects.select_for_update().get(pk=order_id)
    current.edition = edition
    return current


def _change_status(order: PaperOrder, to: OrderStatus, *, now: datetime.datetime, by: User | None = None, reason: str = "") -> None:
    was = order.status
    order.status, order.closed_at = next_status(ORDER_TRANSITIONS, was, to), now
    order.save(update_fields=["status", "closed_at"])
    record_transition(order, was, now=now, by=by, reason=reason)
