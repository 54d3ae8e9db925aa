"""What other subjects say in a mail by rule: what is due and how to pay, where to evaluate.

A kind of mail with a source leaves only to those for whom the source has something: who has paid is not reminded, who has answered is not
asked again. A new source is one entry of `SOURCES`.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from core.languages import current_language
from core.text.dates import written
from core.web.absolute_urls import absolute_url
from trainings.evaluation.links import evaluation_link, has_answered, invited
from trainings.evaluation.window import is_open
from trainings.models import Enrolment, EvaluationRound, EvaluationTicket, PaymentLine, PaymentRequest, Questionnaire
from trainings.models.mailings import MailKind
from trainings.models.money import euros
from trainings.models.questionnaires import Purpose
from trainings.payment.documents import shown_iban
from trainings.payment.selectors import request_of
from trainings.querysets.enrolments import EnrolmentQuerySet


@dataclass(frozen=True, slots=True)
class Link:
    """A button."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Supplied:
    """What fills the places of a source: a button, and lines of words (`Amount: 120 €`)."""

    link: Link | None = None
    lines: list[tuple[str, str]] = field(default_factory=list)


class Source(Protocol):
    """What fills one block of the words."""

    def pending(self, enrolments: Collection[int], *, kind: MailKind, for_team_lead: bool) -> set[int]:
        """Those of the enrolments for whom there is something to say. The same number of queries however many they are."""

    def supply(self, enrolment: Enrolment, *, kind: MailKind, for_team_lead: bool, now: datetime.datetime) -> Supplied | None:
        """What to say to one of them, in the language that is active; None: nothing."""


class EvaluationSource:
    """The evaluation at the end for thanks, the later one otherwise; to who is asked and has not answered."""

    def pending(self, enrolments: Collection[int], *, kind: MailKind, for_team_lead: bool) -> set[int]:
        purpose = _purpose(kind, for_team_lead)
        if not Questionnaire.objects.open().filter(purpose=purpose).exists():
            return set()
        answered = EvaluationTicket.objects.filter(kind=purpose, is_used=True).values("enrolment")
        closed = EvaluationRound.objects.filter(kind=purpose).values("session")
        rows: EnrolmentQuerySet = Enrolment.objects.filter(pk__in=enrolments).exclude(pk__in=answered).exclude(session__in=closed)
        return set(invited(rows, purpose).values_list("pk", flat=True))

    def supply(self, enrolment: Enrolment, *, kind: MailKind, for_team_lead: bool, now: datetime.datetime) -> Supplied | None:
        purpose = _purpose(kind, for_team_lead)
        if not is_open(enrolment.session, purpose, now) or has_answered(enrolment, purpose):
            return None
        url = evaluation_link(enrolment, purpose, language=current_language())
        return Supplied(link=Link(url, _("Answer the questions"))) if url else None


class PaymentSource:
    """What is still due of a request that goes to the person herself. Who pays for others is reminded by `trainings.payment`."""

    def pending(self, enrolments: Collection[int], *, kind: MailKind, for_team_lead: bool) -> set[int]:
        lines = PaymentLine.objects.filter(
            enrolment__in=enrolments, is_void=False, request__in=PaymentRequest.objects.unpaid().values("pk")
        )
        own = lines.annotate(payer=Lower("request__email")).filter(payer=F("enrolment__participant__email"))
        return set(own.values_list("enrolment_id", flat=True))

    def supply(self, enrolment: Enrolment, *, kind: MailKind, for_team_lead: bool, now: datetime.datetime) -> Supplied | None:
        request = request_of(enrolment)
        if request is None or request.balance <= 0 or request.email.lower() != enrolment.email:
            return None
        lines = [
            (_("Amount"), euros(request.balance)),
            (_("To be paid by"), written(request.due_on)),
            (_("Payee"), str(request.payee.get("name", ""))),
            ("IBAN", shown_iban(request)),
            (_("Structured communication"), request.communication_label),
        ]
        url = absolute_url("trainings:payment", request.token, language=enrolment.language)
        return Supplied(link=Link(url, _("See the payment request")), lines=lines)


def _purpose(kind: MailKind, for_team_lead: bool) -> Purpose:
    if kind == MailKind.THANKS:
        return Purpose.HOT
    return Purpose.LEAD if for_team_lead else Purpose.COLD


# By the name of the placeholder.
SOURCES: dict[str, Source] = {"evaluation": EvaluationSource(), "payment": PaymentSource()}
# The kinds that make no sense without theirs. Thanks are said with or without an evaluation.
NEEDED = {MailKind.EVALUATION: "evaluation", MailKind.PAYMENT: "payment"}


def needed_source(kind: MailKind | str) -> Source | None:
    """Whom to ask who gets such a mail at all."""
    return SOURCES.get(NEEDED.get(MailKind(kind), ""))
