"""What the library knows of a person, what for and how long; given out or erased by her address."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.models import OutgoingMail
from core.privacy.periods import kept
from core.privacy.registry import Basis, Holding, Known, PersonalData
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
    return {gettext_noop("orders"): _forget(PaperOrder.objects.of_person(email), now=now)}


def _mails_to(email: str) -> Any:
    return OutgoingMail.objects.filter(to__iexact=email.strip(), kind__startswith=TO_READERS)


def _forget(orders: PaperOrderQuerySet, *, now: datetime.datetime) -> int:
    """Reasons go too: a librarian may have written a name in one."""
    OrderTransition.objects.filter(order__in=orders).update(reason="")
    return orders.update(erased_at=now, **ERASED)


PERSONAL_DATA = PersonalData(
    app="publications",
    label=_("Publications"),
    kinds=(("orders", _("Orders of paper copies")), ("mails", _("Mails about orders"))),
    holdings=(
        Holding(
            what=_("order on paper: name, organisation, e-mail and postal address"),
            purpose=_("to send the copies, to write when they leave"),
            basis=Basis.ASKED,
            kept=kept(_("{0} after they left or were cancelled"), KEPT),
            kinds=("orders", "mails"),
            duty="erase_order_addresses",
        ),
        Holding(
            what=_("order on paper: number of copies, purpose, postal code and municipality"),
            purpose=_("to count, once a year; they name nobody"),
            basis=Basis.INTEREST,
            kept=kept(_("as long as the edition")),
            stays=_("Copies, purpose and municipality stay: they are counted and name nobody."),
        ),
        Holding(
            what=_("authors of a publication, as its title page names them"),
            purpose=_("to publish and to quote: freedom of expression, archives (GDPR 17(3))"),
            basis=Basis.INTEREST,
            kept=kept(_("as long as the publication")),
            stays=_("The authors and the text of a publication stay. Withdraw the edition in the library if she must not be named."),
        ),
    ),
    known=(Known(model="publications.PaperOrder", email="email", names=("name",)),),
    keeps=("publications.WorkAuthor", "publications.PageText", "publications.EditionFile"),
    export=export_person,
    erase=erase_person,
)
