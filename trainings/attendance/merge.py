"""Marks sent by several people, some of them long after they were made, become one roll. Nothing is lost in silence."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from core.models import User
from trainings.attendance.mark import ARRIVAL, CannotMark, MarkRefusal, lock_for_mark, mark_attendance, minutes_of
from trainings.enums import AttendanceStatus
from trainings.models import Attendance, AttendanceMark, Enrolment, MarkOutcome, MarkSource, Meeting


@dataclass(frozen=True, slots=True)
class Standing:
    """What a roll says of one person; an empty status: nothing yet. How long somebody was there is compared for who came late."""

    status: str = ""
    minutes: int = 0

    def says(self, other: "Standing") -> bool:
        """Whether both say the same."""
        return self.status == other.status and (self.status != AttendanceStatus.LATE or self.minutes == other.minutes)


@dataclass(frozen=True, slots=True)
class SentMark:
    """One mark as it arrives. `seen` is what its sender saw when making it; None: whatever stands (the latest mark counts)."""

    client_id: uuid.UUID
    status: str
    made_at: datetime.datetime
    minutes: int | None = None
    seen: Standing | None = None
    source: MarkSource = MarkSource.ROLL


@transaction.atomic
def receive_mark(*, mark: SentMark, enrolment: Enrolment, meeting: Meeting, now: datetime.datetime, by: User | None) -> AttendanceMark:
    """Writes a mark, unless somebody else has noted something its sender did not know of: then both are kept for a decision.

    The same `client_id` again is the same mark: nothing happens twice. Raises CannotMark.
    """
    lock_for_mark(enrolment=enrolment, meeting=meeting, status=mark.status, now=now)
    known = known_mark(mark.client_id)
    if known is not None:
        if (known.enrolment_id, known.meeting_id) != (enrolment.pk, meeting.pk):
            raise CannotMark(MarkRefusal.OTHER_SESSION)
        return known
    wanted = Standing(mark.status, minutes_of(meeting, mark.status, mark.minutes))
    attendance = Attendance.objects.filter(enrolment=enrolment, meeting=meeting).first()
    stands = standing_of(attendance)
    seen = stands if mark.seen is None else mark.seen
    outcome = _outcome(wanted, seen, stands, attendance)
    made_at = min(max(mark.made_at, meeting.starts_at - ARRIVAL), now)
    if outcome == MarkOutcome.KEPT:
        status = AttendanceStatus(mark.status) if mark.status else None
        mark_attendance(
            enrolment=enrolment, meeting=meeting, status=status, minutes=wanted.minutes, now=now, made_at=made_at, by=by, source=mark.source
        )
    _replace_earlier(enrolment, meeting, by=by, source=mark.source, now=now)
    return AttendanceMark.objects.create(
        client_id=mark.client_id,
        enrolment=enrolment,
        meeting=meeting,
        status=wanted.status,
        minutes=wanted.minutes,
        seen_status=seen.status,
        seen_minutes=seen.minutes,
        source=mark.source,
        marked_at=made_at,
        received_at=now,
        marked_by=by,
        outcome=outcome,
    )


@transaction.atomic
def decide_conflict(*, mark: AttendanceMark, takes_it: bool, now: datetime.datetime, by: User) -> AttendanceMark:
    """Takes the mark that waits, or sets it aside for what stands. Decided once, it stays decided. Raises CannotMark."""
    Enrolment.objects.select_for_update(of=("self",)).get(pk=mark.enrolment_id)
    current = AttendanceMark.objects.select_related("enrolment", "meeting").get(pk=mark.pk)
    if current.outcome != MarkOutcome.CONFLICT:
        return current
    if takes_it:
        mark_attendance(
            enrolment=current.enrolment,
            meeting=current.meeting,
            status=AttendanceStatus(current.status) if current.status else None,
            minutes=current.minutes,
            now=now,
            made_at=current.marked_at,
            by=current.marked_by,
            source=MarkSource(current.source),
        )
    current.outcome = MarkOutcome.TAKEN if takes_it else MarkOutcome.SET_ASIDE
    current.decided_at, current.decided_by = now, by
    current.save(update_fields=["outcome", "decided_at", "decided_by"])
    return current


def known_mark(client_id: uuid.UUID) -> AttendanceMark | None:
    """The mark a device sent before under this key."""
    return AttendanceMark.objects.filter(client_id=client_id).first()


def standing_of(attendance: Attendance | None) -> Standing:
    """What is written of a person."""
    return Standing(attendance.status, attendance.minutes) if attendance else Standing()


def open_conflicts(meeting: Meeting) -> QuerySet[AttendanceMark]:
    """Marks of a meeting that wait for a decision, by name."""
    waiting = AttendanceMark.objects.filter(meeting=meeting, outcome=MarkOutcome.CONFLICT)
    return waiting.select_related("enrolment", "marked_by").order_by("enrolment__name", "pk")


def _outcome(wanted: Standing, seen: Standing, stands: Standing, attendance: Attendance | None) -> MarkOutcome:
    # "Absent" of a closed roll is what nobody contradicted yet: whoever saw the person knows better.
    if attendance is not None and attendance.source == MarkSource.CLOSING:
        return MarkOutcome.KEPT
    if wanted.says(stands):
        return MarkOutcome.SAME
    return MarkOutcome.KEPT if seen.says(stands) else MarkOutcome.CONFLICT


def _replace_earlier(enrolment: Enrolment, meeting: Meeting, *, by: User | None, source: MarkSource, now: datetime.datetime) -> None:
    """Whoever waits for a decision and notes the person once more means the later mark."""
    waiting = AttendanceMark.objects.filter(enrolment=enrolment, meeting=meeting, marked_by=by, source=source, outcome=MarkOutcome.CONFLICT)
    waiting.update(outcome=MarkOutcome.REPLACED, decided_at=now)
