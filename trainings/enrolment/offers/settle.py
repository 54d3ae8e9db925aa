"""Ends the offers whose time is over and gives each free seat to the first who may have it. Part of every write that can free a seat."""

import datetime

from trainings.enrolment import notices
from trainings.enrolment.status import change_status
from trainings.enums import EnrolmentStatus, FreedSeats, SystemNote
from trainings.models import Enrolment, Session
from trainings.querysets.enrolments import EnrolmentQuerySet
from trainings.sessions.offer_plan import plan_for
from trainings.sessions.seat_rules import allotment_of, rules_in_force


def settle_seats(session: Session, *, now: datetime.datetime) -> list[Enrolment]:
    """Call under the lock of the session, after the seats have changed, in the same transaction. Idempotent.

    Returns those who were given or offered a seat.
    """
    lapsed = _end_overdue(session, now)
    seated = _give(session, now)
    for enrolment in (*lapsed, *seated):
        notices.notify_status(enrolment, now=now)
    return seated


def _end_overdue(session: Session, now: datetime.datetime) -> list[Enrolment]:
    overdue = _rows(session.enrolments.offered().filter(answer_by__lt=now), session)
    for enrolment in overdue:
        change_status(enrolment, EnrolmentStatus.LAPSED, now=now, reason=SystemNote.OFFER_LAPSED)
    return overdue


def _give(session: Session, now: datetime.datetime) -> list[Enrolment]:
    plan = plan_for(session, now)
    if plan.way == FreedSeats.BY_HAND:
        return []
    allotment = allotment_of(session, rules_in_force(session, now))
    chosen = []
    while (pk := allotment.seat_next()) is not None:
        chosen.append(pk)
    seated = _rows(session.enrolments.filter(pk__in=chosen), session) if chosen else []
    to = EnrolmentStatus.OFFERED if plan.way == FreedSeats.OFFER else EnrolmentStatus.CONFIRMED
    for enrolment in seated:
        change_status(enrolment, to, now=now, reason=SystemNote.SEAT_FREED, answer_by=plan.answer_by)
    return seated


def _rows(enrolments: EnrolmentQuerySet, session: Session) -> list[Enrolment]:
    rows = list(enrolments.select_for_update(of=("self",)).select_related("participant").order_by("queued_at", "pk"))
    for enrolment in rows:
        enrolment.session = session
    return rows
