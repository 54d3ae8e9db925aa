"""Payment requests that follow by themselves: who pays was told before there was a seat."""

import datetime
import logging

from trainings.enums import EnrolmentStatus, SessionStatus
from trainings.models import BillingDetails, PaymentSettings
from trainings.payment.billing import Party
from trainings.payment.due import price_for
from trainings.payment.request import CannotRequest, request_payment

logger = logging.getLogger(__name__)


def enrolments_to_ask() -> list[BillingDetails]:
    """Details of people with a seat that costs something and of which nothing is asked for yet."""
    if not PaymentSettings.current().can_ask:
        return []
    rows = BillingDetails.objects.filter(enrolment__status=EnrolmentStatus.CONFIRMED, enrolment__erased_at=None)
    rows = rows.exclude(enrolment__session__status=SessionStatus.CANCELLED).exclude(enrolment__payment_lines__isnull=False)
    found = rows.select_related("enrolment__session__module", "enrolment__participant").order_by("pk")
    return [each for each in found if price_for(each.enrolment, claims_reduced=each.claims_reduced).cents]


def request_what_waits(*, now: datetime.datetime) -> int:
    """One request each; how many."""
    return sum(1 for details in enrolments_to_ask() if _ask(details, now=now))


def _ask(details: BillingDetails, *, now: datetime.datetime) -> bool:
    """Somebody may have asked meanwhile, on the page or in the back-office: a unique row holds it."""
    party = Party(**{name: getattr(details, name) for name in Party.__slots__})
    enrolment = details.enrolment
    try:
        request_payment(enrolments=[enrolment], billed_party=party, language=enrolment.language, now=now)
    except CannotRequest as refusal:
        logger.info("No payment request for enrolment %s: %s", enrolment.reference, refusal.reason)
        return False
    return True
