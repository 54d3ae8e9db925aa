"""Somebody changes to another session and keeps the manage link."""

import datetime
import enum

from django.db import transaction

from core.models import User
from core.transitions import record_transition
from trainings.enrolment import notices
from trainings.enrolment.seats import count_seats, lock_sessions
from trainings.enrolment.status import end_of_queue
from trainings.enums import ACTIVE, EnrolmentStatus, SessionStatus
from trainings.models import Enrolment, Session


class MoveRefusal(enum.StrEnum):
    """Why somebody cannot change to a session."""

    NOT_ACTIVE = "not_active"
    SAME_SESSION = "same_session"
    NOT_PUBLISHED = "not_published"
    ALREADY_THERE = "already_there"
    HAS_ATTENDED = "has_attended"


class CannotMove(Exception):
    """The move is refused; `reason` says why."""

    def __init__(self, reason: MoveRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def move_enrolment(*, enrolment: Enrolment, to_session: Session, now: datetime.datetime, by: User) -> Enrolment:
    """Gives a seat in the other session where one is free and nobody waits, else the end of its queue. Frees the seat here."""
    sessions = lock_sessions([enrolment.session_id, to_session.pk])
    current = Enrolment.objects.select_for_update(of=("self",)).select_related("participant").get(pk=enrolment.pk)
    old, new = sessions[enrolment.session_id], sessions[to_session.pk]
    _refuse_impossible(current, old, new)
    current.session = old
    recall = notices.recall_of(current) if current.status == EnrolmentStatus.CONFIRMED else None
    seats = count_seats(new)
    has_room = seats.has_room_for_newcomer
    was = current.status
    current.session = new
    current.status = EnrolmentStatus.CONFIRMED if has_room else EnrolmentStatus.WAITING
    current.queued_at = None if has_room else end_of_queue(seats, now)
    current.save(update_fields=["session", "status", "queued_at"])
    record_transition(current, was, now=now, by=by, reason=f"{old.reference} → {new.reference}")
    notices.tell_moved(current, old=old, recall=recall, now=now)
    return current


def _refuse_impossible(enrolment: Enrolment, old: Session, new: Session) -> None:
    if enrolment.status not in ACTIVE or enrolment.session_id != old.pk:
        raise CannotMove(MoveRefusal.NOT_ACTIVE)
    if old.pk == new.pk:
        raise CannotMove(MoveRefusal.SAME_SESSION)
    if new.status != SessionStatus.PUBLISHED:
        raise CannotMove(MoveRefusal.NOT_PUBLISHED)
    if new.enrolments.active().filter(participant_id=enrolment.participant_id).exists():
        raise CannotMove(MoveRefusal.ALREADY_THERE)
    if enrolment.attendances.exists():
        # Presences belong to the meetings they were marked at.
        raise CannotMove(MoveRefusal.HAS_ATTENDED)
