"""A doctor gives her number, changes it, takes it back; it is erased when it has served."""

import datetime

from django.db import transaction
from django.db.models import Max, Q

from trainings.attendance.accreditation.numbers import is_valid
from trainings.enums import EnrolmentStatus, SessionStatus
from trainings.models import AccreditationNumber, Enrolment, Meeting

# Time to report the attendance and to correct what was reported.
KEPT = datetime.timedelta(days=183)


class NotAccredited(Exception):
    """The session is not accredited: no number is asked for."""


class InvalidNumber(Exception):
    """The check digits are wrong."""


@transaction.atomic
def give_number(*, enrolment: Enrolment, number: str, now: datetime.datetime) -> AccreditationNumber:
    """Keeps the number for this session. Raises NotAccredited, InvalidNumber."""
    if not enrolment.session.is_accredited or enrolment.status == EnrolmentStatus.CANCELLED:
        raise NotAccredited
    if not is_valid(number):
        raise InvalidNumber
    row, _created = AccreditationNumber.objects.update_or_create(enrolment=enrolment, defaults={"number": number, "given_at": now})
    return row


@transaction.atomic
def take_number_back(*, enrolment: Enrolment) -> None:
    """Erases it. Idempotent."""
    AccreditationNumber.objects.filter(enrolment=enrolment).delete()


@transaction.atomic
def erase_accreditation_numbers(*, now: datetime.datetime, dry_run: bool = False) -> int:
    """Erases those of sessions over for half a year, of cancelled seats and sessions, and of sessions no longer accredited. How many."""
    over = Meeting.objects.order_by().values("session").annotate(latest=Max("ends_at")).filter(latest__lt=now - KEPT).values("session")
    due = AccreditationNumber.objects.filter(
        Q(enrolment__session__in=over)
        | Q(enrolment__status=EnrolmentStatus.CANCELLED)
        | Q(enrolment__session__status=SessionStatus.CANCELLED)
        | Q(enrolment__session__is_accredited=False)
    )
    return due.count() if dry_run else due.delete()[0]
