"""Asks the organisation for what was agreed: one payment request a request."""

import datetime

from django.db import transaction

from core.lifecycle.transitions import TransitionNotAllowed
from core.models import User
from trainings.enums import SessionStatus
from trainings.models import PaymentRequest, Session, TrainingRequest
from trainings.models.requests import RequestStatus
from trainings.payment.billing import Party
from trainings.payment.request import AmountLine, CannotRequest, WhyNot, request_payment
from trainings.requests.selectors import sessions_of
from trainings.requests.status import lock_request
from trainings.sessions.prices import prices_of
from trainings.sessions.titles import session_title

BILLABLE = (RequestStatus.PLANNED, RequestStatus.DONE)


def amounts_of(request: TrainingRequest) -> list[AmountLine]:
    """A line for each session that stands, at the price agreed for the team."""
    return [_line(each, request.language) for each in sessions_of(request) if each.status != SessionStatus.CANCELLED]


@transaction.atomic
def bill_request(*, request: TrainingRequest, party: Party, language: str, now: datetime.datetime, by: User) -> PaymentRequest:
    """Sends the payment request for all sessions. Raises CannotRequest (asked before, nothing due), TransitionNotAllowed."""
    current = lock_request(request.pk)
    if current.status not in BILLABLE:
        raise TransitionNotAllowed(current.status)
    if current.payment_request is not None:
        raise CannotRequest(WhyNot.ASKED_ALREADY)
    asked = request_payment(amounts=amounts_of(current), billed_party=party, language=language, now=now, by=by)
    current.payment_request = asked
    current.save(update_fields=["payment_request"])
    return asked


def _line(session: Session, language: str) -> AmountLine:
    return AmountLine(description=session_title(session, language), cents=prices_of(session.module, session).full)
