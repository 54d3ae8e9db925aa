"""Asks for money: one request to one party, for enrolments and for agreed amounts."""

import datetime
import enum
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone, translation

from core.languages import Language
from core.models import User
from core.text.dates import written
from trainings.models import BillingDetails, Enrolment, PaymentLine, PaymentRequest, PaymentSettings, Series, Tier
from trainings.payment import mails
from trainings.payment.billing import Party
from trainings.payment.due import Due, due_for, price_for
from trainings.payment.numbering import next_number, structured_communication
from trainings.sessions.prices import cancellation_sentences, cancellation_steps
from trainings.sessions.titles import session_title

LONGEST_DESCRIPTION = 400


class WhyNot(enum.StrEnum):
    """Why nothing is asked for."""

    NOT_SET_UP = "not_set_up"  # nobody said yet whom to pay
    NOTHING_DUE = "nothing_due"
    ASKED_ALREADY = "asked_already"


class CannotRequest(Exception):
    """No payment request; `reason` says why."""

    def __init__(self, reason: WhyNot) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountLine:
    """Agreed work that is no seat of one person: a training for a team, a supervision."""

    description: str
    cents: int


@transaction.atomic
def request_payment(
    *,
    enrolments: Sequence[Enrolment] = (),
    amounts: Sequence[AmountLine] = (),
    billed_party: Party,
    language: str,
    now: datetime.datetime,
    by: User | None = None,
) -> PaymentRequest:
    """Writes the request with the next number and mails it. Enrolments of which nothing is due have no line. Raises CannotRequest."""
    settings = PaymentSettings.current()
    if not settings.can_ask:
        raise CannotRequest(WhyNot.NOT_SET_UP)
    with translation.override(language):
        lines = [*_enrolment_lines(enrolments, language), *_amount_lines(amounts)]
    if not lines:
        raise CannotRequest(WhyNot.NOTHING_DUE)
    today = timezone.localtime(now).date()
    # Last of all locks: whoever waits for a number waits for nothing else.
    sequence = next_number(Series.REQUEST, year=today.year)
    request = PaymentRequest.objects.create(
        **asdict(billed_party),
        year=today.year,
        sequence=sequence,
        communication=structured_communication(year=today.year, sequence=sequence),
        language=language,
        issued_at=now,
        due_on=today + datetime.timedelta(days=settings.days_to_pay),
        total_cents=sum(line.amount_cents for line in lines),
        payee=frozen_payee(settings),
        terms=_terms(enrolments, now) if enrolments else {},
        by=by,
    )
    for line in lines:
        line.request = request
    PaymentLine.objects.bulk_create(lines)
    mails.payment_request(request, now=now)
    return request


def frozen_payee(settings: PaymentSettings) -> dict[str, str]:
    """Whom to pay, as it stands today."""
    names = ("name", "postal_address", "company_number", "email", "iban", "bic", "vat_note_fr", "vat_note_nl", "vat_note_en")
    return {name: getattr(settings, name) for name in names}


def _enrolment_lines(enrolments: Sequence[Enrolment], language: str) -> list[PaymentLine]:
    """One line a person who owes something. Their rows are locked in the order of their ids. Raises CannotRequest."""
    wanted = sorted({each.pk for each in enrolments})
    rows = Enrolment.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    current = list(rows.select_related("session__module").prefetch_related("session__meetings"))
    if PaymentLine.objects.filter(enrolment__in=wanted, is_void=False).exists():
        raise CannotRequest(WhyNot.ASKED_ALREADY)
    claims = set(BillingDetails.objects.filter(enrolment__in=wanted, claims_reduced=True).values_list("enrolment", flat=True))
    lines = []
    for enrolment in current:
        due = due_for(enrolment, price=price_for(enrolment, claims_reduced=enrolment.pk in claims))
        if due.cents:
            description = describe(enrolment, due, language)
            lines.append(PaymentLine(enrolment=enrolment, description=description, tier=due.tier, amount_cents=due.cents))
    return lines


def _amount_lines(amounts: Sequence[AmountLine]) -> list[PaymentLine]:
    return [PaymentLine(description=each.description, tier=Tier.AMOUNT, amount_cents=each.cents) for each in amounts if each.cents]


def describe(enrolment: Enrolment, due: Due, language: str) -> str:
    """What the line says: the training, its first day, the person. Under the reader's language."""
    title = session_title(enrolment.session, language)
    starts = enrolment.session.starts
    parts = [title, written(timezone.localtime(starts).date()) if starts else "", enrolment.name]
    if due.tier in {Tier.REDUCED, Tier.SHARE}:
        parts.append(str(Tier(due.tier).label))
    return " · ".join(part for part in parts if part)[:LONGEST_DESCRIPTION]


def _terms(enrolments: Sequence[Enrolment], now: datetime.datetime) -> dict[str, list[str]]:
    """The cancellation terms of the first who enrolled, in words: of each language, since the page is read in any. Shape: {"fr": […]}."""
    day = min((timezone.localtime(each.created_at).date() for each in enrolments), default=timezone.localtime(now).date())
    steps, found = cancellation_steps(day), {}
    for language in Language.values:
        with translation.override(language):
            found[language] = cancellation_sentences(steps)
    return found
