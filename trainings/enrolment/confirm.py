"""Gives a free seat to somebody on the waiting list, or takes it back."""

import datetime

from django.db import transaction

from core.models import User
from trainings.enrolment import notices
from trainings.enrolment.groups.mode import split_group
from trainings.enrolment.offers.settle import settle_seats
from trainings.enrolment.seats import lock_enrolment
from trainings.enrolment.status import change_status
from trainings.enums import EnrolmentStatus, Phase, SystemNote
from trainings.models import Enrolment
from trainings.sessions.seat_counts import session_seats


class SessionFull(Exception):
    """No seat is free."""


class SessionOver(Exception):
    """The last meeting is over: nobody can be given a seat or a place in the queue any more."""


@transaction.atomic
def confirm_enrolment(*, enrolment: Enrolment, now: datetime.datetime, by: User, over_capacity: bool = False) -> Enrolment:
    """From the waiting list to a seat. Above the capacity only when the coordinator says so, and the row tells it."""
    current = lock_enrolment(enrolment.pk)
    if current.status == EnrolmentStatus.CONFIRMED:
        return current
    _refuse_what_is_over(current, now)
    seats = session_seats(current.session)
    split_group(current)
    # Her own offer holds a seat for her.
    is_full = seats.free == 0 and current.status != EnrolmentStatus.OFFERED
    if is_full and not over_capacity:
        raise SessionFull
    change_status(current, EnrolmentStatus.CONFIRMED, now=now, by=by, reason=SystemNote.OVER_CAPACITY if is_full else "")
    notices.notify_status(current, now=now)
    settle_seats(current.session, now=now)  # seats that were kept for her group are free for those who wait
    return current


@transaction.atomic
def move_to_waiting(*, enrolment: Enrolment, now: datetime.datetime, by: User, reason: str = "") -> Enrolment:
    """From a seat, or an offer, to the waiting list, at the place the day of enrolment gives: nobody who came later is before.

    The seat goes to the next who may have it. Nothing is offered to this person by itself: that would undo what the coordinator decided.
    """
    current = lock_enrolment(enrolment.pk)
    if current.status == EnrolmentStatus.WAITING:
        return current
    _refuse_what_is_over(current, now)
    split_group(current)
    queued_at = current.queued_at or current.created_at
    change_status(current, EnrolmentStatus.WAITING, now=now, by=by, reason=reason, queued_at=queued_at, is_held_back=True)
    notices.notify_status(current, now=now)
    settle_seats(current.session, now=now)
    return current


def _refuse_what_is_over(enrolment: Enrolment, now: datetime.datetime) -> None:
    if enrolment.session.phase(now) == Phase.OVER:
        raise SessionOver
