"""Who pays: what the person or the purchaser says of it, before and after the request."""

import datetime
from dataclasses import asdict, dataclass

from django.db import transaction

from trainings.enrolment.seats import lock_enrolment
from trainings.enums import EnrolmentStatus
from trainings.models import BillingDetails, Enrolment, Payer, PaymentRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who is asked to pay, under the names of the columns."""

    payer: str = Payer.ORGANISATION
    name: str
    email: str
    street: str
    postal_code: str
    city: str
    country: str = ""
    company_number: str = ""
    purchaser_reference: str = ""


class AlreadyPaid(Exception):
    """Nothing is due any more: the reference on a paid request stays what it was."""


@transaction.atomic
def keep_billing_details(*, enrolment: Enrolment, party: Party, claims_reduced: bool = False, now: datetime.datetime) -> BillingDetails:
    """Keeps who pays for this enrolment, until it is asked for. Said again, it replaces what was said before."""
    current = lock_enrolment(enrolment.pk)
    values = asdict(party) | {"claims_reduced": claims_reduced, "updated_at": now}
    details, _created = BillingDetails.objects.update_or_create(enrolment=current, defaults=values)
    return details


@transaction.atomic
def change_purchaser_reference(*, request: PaymentRequest, reference: str) -> PaymentRequest:
    """The purchaser's own number, which her accounts want to read on the document. Raises AlreadyPaid."""
    current = PaymentRequest.objects.select_for_update().get(pk=request.pk)
    if PaymentRequest.objects.with_balance().get(pk=request.pk).balance <= 0:
        raise AlreadyPaid
    current.purchaser_reference = reference
    current.save(update_fields=["purchaser_reference"])
    return current


def known_party(enrolment: Enrolment) -> Party | None:
    """What was said of who pays for this enrolment."""
    details = BillingDetails.objects.filter(enrolment=enrolment).first()
    return Party(**{name: getattr(details, name) for name in Party.__slots__}) if details else None


def waits_for_request(enrolment: Enrolment) -> bool:
    """Whether a request can still follow: a seat, and nothing asked for yet."""
    return enrolment.status == EnrolmentStatus.CONFIRMED and not enrolment.payment_lines.filter(is_void=False).exists()
