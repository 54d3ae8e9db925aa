"""Ends the offers whose time is over and gives each free seat to the first who may have it. Part of every write that can free a seat."""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from trainings.enrolment import notices
from trainings.enrolment.groups.notices import tell_contact
from trainings.enrolment.groups.words import Event
from trainings.enrolment.status import change_status
from trainings.enums import EnrolmentStatus, FreedSeats, SystemNote
from trainings.models import Enrolment, EnrolmentGroup, Session
from trainings.querysets.enrolments import EnrolmentQuerySet
from trainings.seats.modes import GroupMode
from trainings.sessions.offer_plan import plan_for
from trainings.sessions.seat_rules import allotment_of, rules_in_force

EVENTS = {
    EnrolmentStatus.OFFERED: Event.OFFERED,
    EnrolmentStatus.LAPSED: Event.LAPSED,
    EnrolmentStatus.CONFIRMED: Event.SEATED,
}


def settle_seats(session: Session, *, now: datetime.datetime) -> list[Enrolment]:
    """Call under the lock of the session, after the seats have changed, in the same transaction. Idempotent.

    Returns those who were given or offered a seat.
    """
    lapsed = _end_overdue(session, now)
    seated = _give(session, now)
    tell_status([*lapsed, *seated], now=now)
    _tell_passed_over(session, now)
    return seated


def tell_status(enrolments: Iterable[Enrolment], *, now: datetime.datetime) -> None:
    """Mails each where she stands. A group that is served as one is offered its seats through its contact."""
    groups: dict[int, tuple[EnrolmentGroup, Event]] = {}
    for enrolment in enrolments:
        if enrolment.group is not None and enrolment.group.is_together:
            enrolment.group.session = enrolment.session
            groups[enrolment.group.pk] = enrolment.group, EVENTS[EnrolmentStatus(enrolment.status)]
        if not enrolment.is_answered_by_contact or enrolment.status == EnrolmentStatus.CONFIRMED:
            notices.notify_status(enrolment, now=now)
    for group, event in groups.values():
        tell_contact(group, event, session=group.session, now=now)


def passed_over(now: datetime.datetime) -> QuerySet[EnrolmentGroup]:
    """Groups that wait, for which seats were kept until a day that is over, and whose contact does not know it yet."""
    waiting = Enrolment.objects.filter(group=OuterRef("pk"), status=EnrolmentStatus.WAITING)
    groups = EnrolmentGroup.objects.filter(mode=GroupMode.ALL_OR_NONE, told_passed_over_at=None)
    return groups.filter(Exists(waiting), held_together_until__lt=timezone.localdate(now))


def _tell_passed_over(session: Session, now: datetime.datetime) -> None:
    for group in passed_over(now).filter(session=session):
        group.told_passed_over_at = now
        group.save(update_fields=["told_passed_over_at"])
        tell_contact(group, Event.PASSED_OVER, session=session, now=now)


def _end_overdue(session: Session, now: datetime.datetime) -> list[Enrolment]:
    overdue = _rows(session.enrolments.offered().filter(answer_by__lt=now), session)
    for enrolment in overdue:
        change_status(enrolment, EnrolmentStatus.LAPSED, now=now, reason=SystemNote.OFFER_LAPSED)
    return overdue


def _give(session: Session, now: datetime.datetime) -> list[Enrolment]:
    plan = plan_for(session, now)
    if plan.way == FreedSeats.BY_HAND:
        return []
    allotment = allotment_of(session, rules_in_force(session, now), now)
    chosen: list[int] = []
    while (party := allotment.seat_next()) is not None:
        chosen += party.keys
    seated = _rows(session.enrolments.filter(pk__in=chosen), session) if chosen else []
    to = EnrolmentStatus.OFFERED if plan.way == FreedSeats.OFFER else EnrolmentStatus.CONFIRMED
    for enrolment in seated:
        change_status(enrolment, to, now=now, reason=SystemNote.SEAT_FREED, answer_by=plan.answer_by)
    return seated


def _rows(enrolments: EnrolmentQuerySet, session: Session) -> list[Enrolment]:
    rows = list(enrolments.select_for_update(of=("self",)).select_related("participant", "group").order_by("queued_at", "pk"))
    for enrolment in rows:
        enrolment.session = session
    return rows
