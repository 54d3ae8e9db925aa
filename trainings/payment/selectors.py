"""Where the money of an enrolment and of a request stands."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trainings.enums import ACTIVE
from trainings.models import Enrolment, PaymentRequest, PaymentSettings
from trainings.models.money import euros
from trainings.payment.billing import known_party
from trainings.payment.due import Due, price_for


def request_behind(token: str) -> PaymentRequest | None:
    """The request of a link, with what is due of it."""
    return PaymentRequest.objects.with_balance().filter(token=token).first()


def request_of(enrolment: Enrolment) -> PaymentRequest | None:
    """The request that asks for this enrolment."""
    return PaymentRequest.objects.with_balance().filter(lines__enrolment=enrolment, lines__is_void=False).first()


@dataclass(frozen=True, slots=True)
class MoneyState:
    """What the page of an enrolment says of money. At most three queries."""

    request: PaymentRequest | None
    asks_who_pays: bool
    has_told_who_pays: bool


def money_state(enrolment: Enrolment) -> MoneyState:
    """Whether something is asked for, or who pays is still to be told."""
    request = request_of(enrolment)
    if request or enrolment.status not in ACTIVE or has_contact(enrolment):
        return MoneyState(request, asks_who_pays=False, has_told_who_pays=False)
    costs = price_of_seat(enrolment).cents > 0 and PaymentSettings.current().can_ask
    return MoneyState(None, asks_who_pays=costs, has_told_who_pays=costs and known_party(enrolment) is not None)


def has_contact(enrolment: Enrolment) -> bool:
    """Whether somebody else answers for her place, and is asked who pays for all (groups.py)."""
    return enrolment.group is not None and bool(enrolment.group.contact_email)


def price_of_seat(enrolment: Enrolment, *, claims_reduced: bool = False) -> Due:
    """Its price, whether or not there is a seat yet."""
    return price_for(enrolment, claims_reduced=claims_reduced)


def standing(request: PaymentRequest, *, today: datetime.date) -> str:
    """`paid`, `overdue`…: in words, in the active language. The request comes from `with_balance()`."""
    if request.balance < 0:
        return _("%(amount)s to give back") % {"amount": euros(-request.balance)}
    if request.balance == 0:
        return _("paid") if request.paid else _("taken back")
    open_part = _("%(amount)s open") % {"amount": euros(request.balance)} if request.paid else _("open")
    return f"{_('overdue')}, {open_part}" if request.due_on < today else open_part
