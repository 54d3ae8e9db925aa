"""What the library knows of a person, what for and how long; given out or erased by her address."""

import datetime
from typing import Any

from django.db import transaction

from core.models import OutgoingMail
from core.privacy import Holding, PersonalData
from publications.enums import OPEN_ORDERS
from publications.models import OrderTransition, PaperOrder
from publications.orders.mails import TO_READERS
from publications.orders.services import cancel_order
from publications.querysets.orders import PaperOrderQuerySet

KEPT = datetime.timedelta(days=90)
ERASED = {"name": "", "email": "", "organisation": "", "street": ""}


@transaction.atomic
def erase_addresses(*, now: datetime.datetime, dry_run: bool = False) -> int:
    """Erases who ordered, 90 days after the parcel left or the order was cancelled. Returns how many orders (would) lose theirs."""
    due = PaperOrder.objects.with_address_since(now - KEPT)
    return due.count() if dry_run else _forget(due, now=now)


def export_person(email: str) -> dict[str, Any]:
    """Everything about one address, as a person may ask for it (GDPR 15 and 20). No secret link."""
    exported = ("reference", "status", "copies", "purpose", "name", "organisation", "street", "postal_code", "municipality", "language")
    return {
        "orders": [
            {"edition": order.edition.title} | {field: getattr(order, field) for field in (*exported, "created_at", "closed_at")}
            for order in PaperOrder.objects.of_person(email).select_related("edition")
        ],
        "mails": list(_mails_to(email).values("created_at", "subject")),
    }


@transaction.atomic
def erase_person(email: str, *, now: datetime.datetime) -> dict[str, int]:
    """Forgets one address (GDPR 17). What was not sent yet is cancelled, its copies go to who waits."""
    for order in PaperOrder.objects.of_person(email).filter(status__in=OPEN_ORDERS).order_by("edition", "pk"):
        cancel_order(order=order, now=now)
    _mails_to(email).delete()
    return {"orders": _forget(PaperOrder.objects.of_person(email), now=now)}


def _mails_to(email: str) -> Any:
    return OutgoingMail.objects.filter(to__iexact=email.strip(), kind__startswith=TO_READERS)


def _forget(orders: PaperOrderQuerySet, *, now: datetime.datetime) -> int:
    """Reasons go too: a librarian may have written a name in one."""
    OrderTransition.objects.filter(order__in=orders).update(reason="")
    return orders.update(erased_at=now, **ERASED)


PERSONAL_DATA = PersonalData(
    app="publications",
    holdings=(
        Holding(
            "name, organisation, addresses of an order",
            "to send the copies, to write when they leave",
            "90 days after they left or were cancelled",
        ),
        Holding(
            "copies, purpose, postal code and municipality of an order", "counted once a year; they name nobody", "as long as the edition"
        ),
        Holding("mails about an order", "to send them, and to see that they left", "90 days (core)"),
    ),
    export=export_person,
    erase=erase_person,
)
