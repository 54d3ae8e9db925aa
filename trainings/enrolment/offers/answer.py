"""A person answers the offer of a seat. Pressing twice, or after the deadline, does no harm."""

import datetime

from django.db import transaction

from core.lifecycle.waiting_list import end_of_queue
from trainings.enrolment import notices
from trainings.enrolment.offers.settle import settle_seats
from trainings.enrolment.seats import lock_enrolment
from trainings.enrolment.status import change_status
from trainings.enums import EnrolmentStatus, Phase, SystemNote
from trainings.models import Enrolment
from trainings.sessions.seat_counts import session_seats


@transaction.atomic
def accept_offer(*, enrolment: Enrolment, now: datetime.datetime) -> Enrolment:
    """The seat is hers when she answers in time. The caller looks at the status of what comes back.

    Too late, the seat passes on. Pressing all the same says that she still wants one: she waits again, at the end of the list, so that
    nobody falls behind the rank she was told. Where nobody else may have the seat, it is offered to her once more.
    """
    current = lock_enrolment(enrolment.pk)
    if is_open(current, now):
        change_status(current, EnrolmentStatus.CONFIRMED, now=now, reason=SystemNote.OFFER_ACCEPTED)
        notices.notify_status(current, now=now)
        return current
    if current.status == EnrolmentStatus.OFFERED:
        change_status(current, EnrolmentStatus.LAPSED, now=now, reason=SystemNote.OFFER_LAPSED)
    if current.status == EnrolmentStatus.LAPSED and current.session.phase(now) == Phase.TO_COME:
        return _wait_again(current, now)
    return current


@transaction.atomic
def refuse_offer(*, enrolment: Enrolment, now: datetime.datetime) -> Enrolment:
    """She does not want the seat, and leaves the list: it has no other date. The seat passes on at once."""
    current = lock_enrolment(enrolment.pk)
    if current.status in {EnrolmentStatus.OFFERED, EnrolmentStatus.LAPSED}:
        change_status(current, EnrolmentStatus.CANCELLED, now=now, reason=SystemNote.OFFER_REFUSED)
        notices.notify_cancelled(current, now=now)
        settle_seats(current.session, now=now)
    return current


def is_open(enrolment: Enrolment, now: datetime.datetime) -> bool:
    """Whether the offer can be accepted: until its last second."""
    return enrolment.status == EnrolmentStatus.OFFERED and enrolment.answer_by is not None and now <= enrolment.answer_by


def _wait_again(enrolment: Enrolment, now: datetime.datetime) -> Enrolment:
    queued_at = end_of_queue(session_seats(enrolment.session).latest_in_queue, now=now)
    change_status(enrolment, EnrolmentStatus.WAITING, now=now, reason=SystemNote.STILL_WANTS, queued_at=queued_at)
    seated = {each.pk: each for each in settle_seats(enrolment.session, now=now)}
    if enrolment.pk not in seated:
        notices.notify_status(enrolment, now=now)
    return seated.get(enrolment.pk, enrolment)
