"""The coordinator gives a free seat to somebody who waits, or takes one back."""

import datetime

from django.db import transaction

from core.models import User
from trainings.enrolment import notices
from trainings.enrolment.seats import count_seats, lock_enrolment
from trainings.enrolment.status import change_status
from trainings.enums import EnrolmentStatus, SystemNote
from trainings.models import Enrolment


class SessionFull(Exception):
    """No seat is free."""


@transaction.atomic
def confirm_enrolment(*, enrolment: Enrolment, now: datetime.datetime, by: User, over_capacity: bool = False) -> Enrolment:
    """From the waiting list to a seat. Above the capacity only when the coordinator says so, and the row tells it."""
    current = lock_enrolment(enrolment.pk)
    if current.status == EnrolmentStatus.CONFIRMED:
        return current
    is_full = count_seats(current.session).free == 0
    if is_full and not over_capacity:
        raise SessionFull
    change_status(current, EnrolmentStatus.CONFIRMED, now=now, by=by, reason=SystemNote.OVER_CAPACITY if is_full else "")
    notices.tell_status(current, now=now)
    return current


@transaction.atomic
def move_to_waiting(*, enrolment: Enrolment, now: datetime.datetime, by: User, reason: str = "") -> Enrolment:
    """From a seat to the waiting list, at the place the day of enrolment gives: nobody who came later is before."""
    current = lock_enrolment(enrolment.pk)
    if current.status == EnrolmentStatus.WAITING:
        return current
    change_status(current, EnrolmentStatus.WAITING, now=now, by=by, reason=reason, queued_at=current.queued_at or current.created_at)
    notices.tell_status(current, now=now)
    return current
