"""Cancels an enrolment: the place on the waiting list becomes free, a seat goes to the next who may have it."""

import datetime

from django.db import transaction

from core.models import User
from trainings.enrolment import notices
from trainings.enrolment.groups.notices import tell_of_cancelling
from trainings.enrolment.offers.settle import settle_seats
from trainings.enrolment.seats import lock_enrolment
from trainings.enrolment.status import change_status
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment
from trainings.sessions.seat_counts import can_be_changed


class CannotCancel(Exception):
    """The session is over: a participant can no longer cancel. (Staff can.)"""


@transaction.atomic
def cancel_enrolment(*, enrolment: Enrolment, now: datetime.datetime, by: User | None = None, reason: str = "") -> Enrolment:
    """Frees the seat, mails the person and the contact of her group. Idempotent: the second call changes nothing and mails nothing."""
    current = lock_enrolment(enrolment.pk)
    if current.status == EnrolmentStatus.CANCELLED:
        return current
    if by is None and not can_be_changed(current, now):
        raise CannotCancel
    change_status(current, EnrolmentStatus.CANCELLED, now=now, by=by, reason=reason)
    notices.notify_cancelled(current, now=now)
    settle_seats(current.session, now=now)
    tell_of_cancelling(current, now=now)
    return current
