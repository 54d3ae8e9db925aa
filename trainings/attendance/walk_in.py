"""Somebody comes who is not on the roll: as the sheet has empty rows, the roll takes her name."""

import datetime

from django.db import transaction

from core.lifecycle.transitions import record_transition
from core.models import User
from trainings.attendance.mark import CannotMark, MarkRefusal, mark_attendance, refuse_too_early
from trainings.enrolment.enrol import participant_of
from trainings.enrolment.seats import lock_session
from trainings.enrolment.status import change_status
from trainings.enums import AttendanceStatus, EnrolmentStatus, SessionStatus, SystemNote
from trainings.models import Attendance, Enrolment, MarkSource, Meeting, Participant, Session


@transaction.atomic
def add_walk_in(*, meeting: Meeting, name: str, email: str, now: datetime.datetime, by: User | None) -> Enrolment:
    """Gives her a seat, also above the capacity (she sits there), and marks her present. Who waited leaves the list.

    No mail leaves: the person is in the room. Her certificate comes by mail like everybody's.
    """
    participant = participant_of(email=email, name=name)
    session = lock_session(meeting.session_id)
    refuse_too_early(now, meeting)
    if session.status not in {SessionStatus.PUBLISHED, SessionStatus.CLOSED}:
        raise CannotMark(MarkRefusal.NOT_CONFIRMED)
    enrolment = _seat(session, participant, name, now=now, by=by)
    mark_attendance(enrolment=enrolment, meeting=meeting, status=AttendanceStatus.PRESENT, now=now, by=by)
    return enrolment


def _seat(session: Session, participant: Participant, name: str, *, now: datetime.datetime, by: User | None) -> Enrolment:
    existing = session.enrolments.active().filter(participant=participant).first()
    if existing is not None:
        if existing.status != EnrolmentStatus.CONFIRMED:
            change_status(existing, EnrolmentStatus.CONFIRMED, now=now, by=by, reason=SystemNote.WALK_IN)
        return existing
    enrolment = Enrolment.objects.create(
        session=session,
        participant=participant,
        status=EnrolmentStatus.CONFIRMED,
        name=name,
        language=session.language,
        created_at=now,
    )
    record_transition(enrolment, "", now=now, by=by, reason=SystemNote.WALK_IN)
    # The rolls that are closed already say of everybody whether they were there.
    closed = session.meetings.exclude(roll_closed_at=None)
    Attendance.objects.bulk_create(
        Attendance(
            enrolment=enrolment, meeting=each, status=AttendanceStatus.ABSENT, source=MarkSource.CLOSING, marked_at=now, marked_by=by
        )
        for each in closed
    )
    return enrolment
