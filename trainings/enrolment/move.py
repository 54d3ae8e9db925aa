"""Moves a person to another session; the manage link stays the same."""

import datetime
import enum

from django.db import transaction

from core.lifecycle.transitions import record_transition
from core.lifecycle.waiting_list import end_of_queue
from core.models import User
from trainings.enrolment import notices
from trainings.enrolment.newcomers import newcomers_seat
from trainings.enrolment.offers.settle import settle_seats
from trainings.enrolment.seats import lock_sessions
from trainings.enums import ACTIVE, EnrolmentStatus, Phase, SessionStatus
from trainings.models import Enrolment, Session
from trainings.seats.rules import claim_of


class MoveRefusal(enum.StrEnum):
    """Why somebody cannot change to a session."""

    NOT_ACTIVE = "not_active"
    SAME_SESSION = "same_session"
    NOT_PUBLISHED = "not_published"
    ALREADY_THERE = "already_there"
    HAS_ATTENDED = "has_attended"
    NAME_FOLLOWS = "name_follows"
    BEGUN = "begun"


class CannotMove(Exception):
    """The move is refused; `reason` says why."""

    def __init__(self, reason: MoveRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def move_enrolment(*, enrolment: Enrolment, to_session: Session, now: datetime.datetime, by: User) -> Enrolment:
    """Gives a seat in the other session where a newcomer would get one, else the end of its queue. The seat here goes to the next.

    Whoever came with a group leaves it.
    """
    sessions = lock_sessions([enrolment.session_id, to_session.pk])
    current = Enrolment.objects.select_for_update(of=("self",)).select_related("participant").get(pk=enrolment.pk)
    old, new = sessions[enrolment.session_id], sessions[to_session.pk]
    _refuse_impossible(current, old, new, now)
    claim = claim_of(current.sector_id, current.organisation_id, current.organisation_name, current.care_zone)
    seats, has_room = newcomers_seat(new, claim, now=now)
    was = current.status
    current.session = new
    current.status = EnrolmentStatus.CONFIRMED if has_room else EnrolmentStatus.WAITING
    current.answer_by, current.is_held_back, current.reminded_at = None, False, None
    current.group = None  # a group is of one session
    current.queued_at = None if has_room else end_of_queue(seats.latest_in_queue, now=now)
    current.save(update_fields=["session", "group", "status", "queued_at", "answer_by", "is_held_back", "reminded_at"])
    record_transition(current, was, now=now, by=by, reason=f"{old.reference} → {new.reference}")
    notices.notify_moved(current, old=old, now=now)
    settle_seats(old, now=now)
    return current


def _refuse_impossible(enrolment: Enrolment, old: Session, new: Session, now: datetime.datetime) -> None:
    if enrolment.status not in ACTIVE or enrolment.session_id != old.pk:
        raise CannotMove(MoveRefusal.NOT_ACTIVE)
    if enrolment.is_unnamed:
        raise CannotMove(MoveRefusal.NAME_FOLLOWS)
    if old.pk == new.pk:
        raise CannotMove(MoveRefusal.SAME_SESSION)
    if new.status != SessionStatus.PUBLISHED:
        raise CannotMove(MoveRefusal.NOT_PUBLISHED)
    if new.phase(now) != Phase.TO_COME:
        raise CannotMove(MoveRefusal.BEGUN)
    if new.enrolments.active().filter(participant_id=enrolment.participant_id).exists():
        raise CannotMove(MoveRefusal.ALREADY_THERE)
    if enrolment.attendances.exists():
        # Presences belong to the meetings they were marked at.
        raise CannotMove(MoveRefusal.HAS_ATTENDED)
