"""Creates, publishes, changes, cancels and closes sessions."""

import datetime
import enum

from django.db import transaction
from django.utils import timezone

from core.lifecycle.transitions import TransitionNotAllowed, next_status, record_transition
from core.models import User
from trainings.enrolment import notices
from trainings.enrolment.groups.notices import tell_contact, tell_of_change
from trainings.enrolment.groups.words import Event
from trainings.enrolment.offers.settle import settle_seats
from trainings.enrolment.seats import lock_session
from trainings.enrolment.status import change_status
from trainings.enums import SESSION_TRANSITIONS, EnrolmentStatus, Phase, SessionStatus, SystemNote
from trainings.interests.services import notify_interested
from trainings.models import Enrolment, Meeting, Session
from trainings.planning.publish_checks import BLOCKING, lacks_of
from trainings.sessions.seat_counts import session_seats
from trainings.trainers.booking import refuse_double_booking


class SessionRefusal(enum.StrEnum):
    """Why a session cannot take a step."""

    STATUS = "status"
    NO_MEETING = "no_meeting"
    PAST = "past"
    NO_VENUE = "no_venue"
    TEAM_MODULE = "team_module"


class CannotChangeSession(Exception):
    """The step is refused; `reason` says why."""

    def __init__(self, reason: SessionRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class TooFewSeats(Exception):
    """More seats are taken or offered than there would be; `taken` says how many."""

    def __init__(self, taken: int) -> None:
        super().__init__(str(taken))
        self.taken = taken


@transaction.atomic
def publish_session(*, session: Session, now: datetime.datetime, by: User) -> Session:
    """Opens a draft (or opens a closed session again) and tells, once, everybody who asked to hear of a date."""
    current = lock_session(session.pk)
    for lack in lacks_of(current, now=now):
        if lack in BLOCKING:
            raise CannotChangeSession(SessionRefusal(lack.value))
    _change_status(current, SessionStatus.PUBLISHED, now=now, by=by)
    if current.phase(now) == Phase.TO_COME:
        notify_interested(session=current, now=now)
    settle_seats(current, now=now)
    return current


@transaction.atomic
def cancel_session(*, session: Session, message: str, now: datetime.datetime, by: User) -> Session:
    """Calls the session off. Everybody who is in it or waits for it gets the message and a calendar file that removes the dates."""
    current = lock_session(session.pk)
    active = list(current.enrolments.active().known().select_related("participant").order_by("pk"))
    _change_status(current, SessionStatus.CANCELLED, now=now, by=by, reason=message)
    for enrolment in active:
        enrolment.session = current
        change_status(enrolment, EnrolmentStatus.CANCELLED, now=now, by=by, reason=SystemNote.SESSION_CANCELLED)
        notices.notify_session_cancelled(enrolment, message=message, now=now)
    told = {enrolment.email for enrolment in active}
    for group in current.groups.exclude(contact_email__in=[*told, ""]):
        tell_contact(group, Event.CALLED_OFF, session=current, now=now)
    return current


@transaction.atomic
def close_session(*, session: Session, now: datetime.datetime, by: User) -> Session:
    """Takes no more enrolments; everybody stays where they are."""
    current = lock_session(session.pk)
    _change_status(current, SessionStatus.CLOSED, now=now, by=by)
    return current


@transaction.atomic
def change_capacity(*, session: Session, capacity: int, now: datetime.datetime, by: User) -> Session:
    """More or fewer seats, never fewer than are taken or offered. What is new goes to those who wait."""
    current = set_capacity(session=session, capacity=capacity)
    settle_seats(current, now=now)
    return current


@transaction.atomic
def set_capacity(*, session: Session, capacity: int) -> Session:
    """The first half of an edit that changes more than the seats: they are settled once the rest is saved, by `settle_session`."""
    current = lock_session(session.pk)
    taken = session_seats(current).taken
    if capacity < taken:
        raise TooFewSeats(taken)
    current.capacity = capacity
    current.save(update_fields=["capacity"])
    return current


@transaction.atomic
def notify_of_change(*, session: Session, now: datetime.datetime, by: User) -> int:
    """After dates, place or link were edited: everybody who is in it or waits for it gets the new facts.

    Who has a seat also gets the link and a calendar file that replaces the old one. Returns how many people were told.
    """
    current = lock_session(session.pk)
    active: list[Enrolment] = list(current.enrolments.active().known().select_related("participant").order_by("pk"))
    for enrolment in active:
        enrolment.session = current
        notices.notify_session_changed(enrolment, now=now)
    return len(active) + tell_of_change(current, told={enrolment.email for enrolment in active if enrolment.participant}, now=now)


@transaction.atomic
def duplicate_session(*, session: Session, first_day: datetime.date) -> Session:
    """A draft with the same facts, trainers and rhythm, its first meeting on `first_day`, at the same hours. Nobody is in it.

    Raises DoubleBooked.
    """
    copy = Session.objects.create(
        kind=session.kind,
        module=session.module,
        title=session.title,
        language=session.language,
        delivery=session.delivery,
        venue=session.venue,
        online_url=session.online_url,
        capacity=session.capacity,
        freed_seats=session.freed_seats,
        answer_hours=session.answer_hours,
        certificate_percent=session.certificate_percent,
        check_in=session.check_in,
        internal_note=session.internal_note,
        note_before=session.note_before,
    )
    copy.trainers.set(session.trainers.all())
    meetings = list(session.meetings.order_by("starts_at"))
    if meetings:
        shift = first_day - timezone.localtime(meetings[0].starts_at).date()
        Meeting.objects.bulk_create(
            Meeting(session=copy, starts_at=_same_hour(meeting.starts_at, shift), ends_at=_same_hour(meeting.ends_at, shift))
            for meeting in meetings
        )
    refuse_double_booking(copy)
    return copy


def _same_hour(moment: datetime.datetime, shift: datetime.timedelta) -> datetime.datetime:
    """`moment` some days later on the clock of Brussels, whatever summer time does in between."""
    local = timezone.localtime(moment).replace(tzinfo=None)
    return timezone.make_aware(local + shift)


def _change_status(session: Session, to: SessionStatus, *, now: datetime.datetime, by: User | None, reason: str = "") -> None:
    was = session.status
    try:
        session.status = next_status(SESSION_TRANSITIONS, was, to)
    except TransitionNotAllowed as refusal:
        raise CannotChangeSession(SessionRefusal.STATUS) from refusal
    session.save(update_fields=["status"])
    record_transition(session, was, now=now, by=by, reason=reason)
