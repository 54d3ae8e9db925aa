"""Marks attendance, per meeting."""

import datetime
import enum

from django.db import transaction

from core.models import User
from trainings.enums import ATTENDED, AttendanceStatus, EnrolmentStatus
from trainings.models import Attendance, Enrolment, MarkSource, Meeting

# People are ticked as they come in.
ARRIVAL = datetime.timedelta(minutes=30)


class MarkRefusal(enum.StrEnum):
    """Why a presence cannot be written."""

    NOT_CONFIRMED = "not_confirmed"
    OTHER_SESSION = "other_session"
    MINUTES = "minutes"
    TOO_EARLY = "too_early"


class CannotMark(Exception):
    """The mark is refused; `reason` says why."""

    def __init__(self, reason: MarkRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def mark_attendance(
    *,
    enrolment: Enrolment,
    meeting: Meeting,
    status: AttendanceStatus | None,
    now: datetime.datetime,
    by: User | None,
    minutes: int | None = None,
    source: MarkSource = MarkSource.ROLL,
    made_at: datetime.datetime | None = None,
) -> Attendance | None:
    """Writes one mark; the latest one counts, None takes it away.

    Minutes: those of the whole meeting unless told otherwise (somebody came late), none for who was not there.
    `made_at` where the mark was made before it could be written (off line).
    """
    current = lock_for_mark(enrolment=enrolment, meeting=meeting, status=status or "", now=now)
    if status is None:
        Attendance.objects.filter(enrolment=current, meeting=meeting).delete()
        return None
    attendance, _created = Attendance.objects.update_or_create(
        enrolment=current,
        meeting=meeting,
        defaults={
            "status": status,
            "minutes": minutes_of(meeting, status, minutes),
            "source": source,
            "marked_at": made_at or now,
            "marked_by": by,
        },
    )
    return attendance


@transaction.atomic
def close_roll(*, meeting: Meeting, now: datetime.datetime, by: User | None) -> Meeting:
    """Closes the roll: who was not marked was absent. Idempotent; a mark can still be corrected afterwards."""
    current = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    _refuse_before(now, current.starts_at)
    if current.roll_closed_at is not None:
        return current
    unmarked = Enrolment.objects.confirmed().filter(session_id=current.session_id).exclude(attendances__meeting=current)
    Attendance.objects.bulk_create(
        [
            Attendance(
                enrolment=enrolment,
                meeting=current,
                status=AttendanceStatus.ABSENT,
                source=MarkSource.CLOSING,
                marked_at=now,
                marked_by=by,
            )
            for enrolment in unmarked
        ],
        ignore_conflicts=True,
    )
    current.roll_closed_at = now
    current.save(update_fields=["roll_closed_at"])
    return current


@transaction.atomic
def mark_rest_present(*, meeting: Meeting, now: datetime.datetime, by: User | None) -> int:
    """Everybody who has no mark yet was there all the time. What is marked stays. Returns how many were marked."""
    refuse_too_early(now, meeting)
    expected = Enrolment.objects.confirmed().filter(session_id=meeting.session_id).exclude(attendances__meeting=meeting)
    unmarked = list(expected.select_for_update(of=("self",)))
    planned = minutes_of(meeting, AttendanceStatus.PRESENT, None)
    Attendance.objects.bulk_create(
        [
            Attendance(
                enrolment=each,
                meeting=meeting,
                status=AttendanceStatus.PRESENT,
                minutes=planned,
                source=MarkSource.ALL_PRESENT,
                marked_at=now,
                marked_by=by,
            )
            for each in unmarked
        ],
        ignore_conflicts=True,
    )
    return len(unmarked)


def lock_for_mark(*, enrolment: Enrolment, meeting: Meeting, status: str, now: datetime.datetime) -> Enrolment:
    """The enrolment, locked: marks of one person come one after the other. Raises CannotMark; a mark can be taken away of anybody."""
    refuse_too_early(now, meeting)
    current: Enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if current.session_id != meeting.session_id:
        raise CannotMark(MarkRefusal.OTHER_SESSION)
    if status and current.status != EnrolmentStatus.CONFIRMED:
        raise CannotMark(MarkRefusal.NOT_CONFIRMED)
    return current


def refuse_too_early(now: datetime.datetime, meeting: Meeting) -> None:
    """Raises CannotMark before people can arrive."""
    _refuse_before(now, meeting.starts_at - ARRIVAL)


def _refuse_before(now: datetime.datetime, opens_at: datetime.datetime) -> None:
    """Raises CannotMark: nobody was present at something that is still to come."""
    if now < opens_at:
        raise CannotMark(MarkRefusal.TOO_EARLY)


def minutes_of(meeting: Meeting, status: str, minutes: int | None) -> int:
    """How many minutes count: all of them unless told otherwise, none for who was not there. Raises CannotMark."""
    if status not in ATTENDED:
        return 0
    if minutes is None:
        return meeting.minutes
    if not 0 <= minutes <= meeting.minutes:
        raise CannotMark(MarkRefusal.MINUTES)
    return minutes
