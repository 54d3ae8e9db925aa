"""Payment requests that follow by themselves: who pays was told before there was a seat."""

import datetime
import logging
from collections import defaultdict

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
    found = rows.select_related("enrolment__session__module", "enrolment__participant", "enrolment__group").order_by("pk")
    return [each for each in found if price_for(each.enrolment, claims_reduced=each.claims_reduced).cents]


def request_what_waits(*, now: datetime.datetime) -> int:
    """One request each, and one for the colleagues of a group who have one payer; how many."""
    together: dict[object, list[BillingDetails]] = defaultdict(list)
    for details in enrolments_to_ask():
        group = details.enrolment.group_id
        together[(group, _party(details)) if group else details.pk].append(details)
    return sum(1 for several in together.values() if _ask(several, now=now))


def _ask(several: list[BillingDetails], *, now: datetime.datetime) -> bool:
    """Somebody may have asked meanwhile, on the page or in the back-office: a unique row holds it."""
    enrolments, first = [each.enrolment for each in several], several[0].enrolment
    language = first.group.language if first.group else first.language
    try:
        request_payment(enrolments=enrolments, billed_party=_party(several[0]), language=language, now=now)
    except CannotRequest as refusal:
        logger.info("No payment request for enrolment %s: %s", first.reference, refusal.reason)
        return False
    return True


def _party(details: BillingDetails) -> Party:
    return Party(**{name: getattr(details, name) for name in Party.__slots__})
