"""Stock of paper copies. Every write that counts or changes copies locks the edition's row first."""

import datetime

from django.db import transaction

from core.lifecycle.transitions import next_status, record_transition
from core.models import User
from publications.enums import BY_HAND, INCOMING, ORDER_TRANSITIONS, MoveKind, OrderStatus
from publications.models import Edition, PaperOrder, PrintRun, StockMove
from publications.orders import mails
from publications.orders.selectors import edition_stock

DEPOSIT_COPIES = 2


class NotEnoughCopies(Exception):
    """The shelf holds fewer copies than that."""


class AlreadyDeposited(Exception):
    """The two copies of the legal deposit were sent before."""


def lock_edition(edition_id: int) -> Edition:
    """The edition with its work, its row locked until the transaction ends. Call inside `transaction.atomic()`, before counting."""
    # `of`: the rows joined to it stay free; everybody edits those.
    edition: Edition = Edition.objects.select_related("work").select_for_update(of=("self",)).get(pk=edition_id)
    return edition


@transaction.atomic
def record_print_run(
    *, edition: Edition, quantity: int, printed_on: datetime.date, now: datetime.datetime, cost_centre: str = "", by: User | None = None
) -> PrintRun:
    """Copies come from the printer; those who wait get theirs, the oldest order first."""
    locked = lock_edition(edition.pk)
    run = PrintRun.objects.create(edition=locked, quantity=quantity, printed_on=printed_on, cost_centre=cost_centre)
    StockMove.objects.create(edition=locked, kind=MoveKind.PRINTED, quantity=quantity, at=now, by=by, print_run=run)
    serve_waiting(locked, now=now, by=by)
    return run


@transaction.atomic
def move_copies(
    *, edition: Edition, kind: MoveKind, copies: int, now: datetime.datetime, note: str = "", by: User | None = None
) -> StockMove:
    """Somebody hands copies out, loses or finds some. Raises NotEnoughCopies."""
    if kind not in BY_HAND:
        raise ValueError(f"{kind} is not noted by hand.")
    locked = lock_edition(edition.pk)
    if kind in INCOMING:
        move = StockMove.objects.create(edition=locked, kind=kind, quantity=copies, at=now, by=by, note=note)
        serve_waiting(locked, now=now, by=by)
        return move
    before = _enough(locked, copies)
    move = StockMove.objects.create(edition=locked, kind=kind, quantity=-copies, at=now, by=by, note=note)
    warn_when_low(locked, before=before, after=before - copies, now=now)
    return move


@transaction.atomic
def record_deposit(*, edition: Edition, sent_on: datetime.date, now: datetime.datetime, by: User | None = None) -> None:
    """Two copies go to the Royal Library (law of 8 April 1965). Raises NotEnoughCopies, AlreadyDeposited."""
    locked = lock_edition(edition.pk)
    if locked.deposited_on is not None:
        raise AlreadyDeposited
    _enough(locked, DEPOSIT_COPIES)
    StockMove.objects.create(edition=locked, kind=MoveKind.DEPOSITED, quantity=-DEPOSIT_COPIES, at=now, by=by)
    locked.deposited_on = sent_on
    locked.save(update_fields=["deposited_on"])


def serve_waiting(edition: Edition, *, now: datetime.datetime, by: User | None = None) -> int:
    """Reserves copies for who waits, in the order of the queue; stops at the first order that does not fit. Returns how many."""
    copies = edition_stock(edition).copies
    served = 0
    for order in PaperOrder.objects.waiting().filter(edition=edition).select_related("edition__work"):
        if order.copies > copies:
            break
        copies -= order.copies
        was, order.status = order.status, next_status(ORDER_TRANSITIONS, order.status, OrderStatus.RESERVED)
        order.save(update_fields=["status"])
        StockMove.objects.create(edition=edition, kind=MoveKind.RESERVED, quantity=-order.copies, at=now, order=order)
        record_transition(order, was, now=now, by=by)
        mails.order_reserved(order, now=now)
        served += 1
    return served


def warn_when_low(edition: Edition, *, before: int, after: int, now: datetime.datetime) -> None:
    """Mails the librarians once, when the stock sinks below the edition's line."""
    if before >= edition.low_stock > after:
        mails.low_stock(edition, copies=after, now=now)


def _enough(edition: Edition, copies: int) -> int:
    stock = edition_stock(edition)
    if stock.copies < copies:
        raise NotEnoughCopies
    return stock.copies
