"""Somebody enrols, or corrects what was told of herself."""

import datetime
import enum
from dataclasses import dataclass, fields

from django.db import transaction

from core.models import Organisation, Sector
from core.transitions import record_transition
from trainings.enrolment import notices
from trainings.enrolment.seats import count_seats, lock_session
from trainings.enrolment.status import end_of_queue
from trainings.enums import EnrolmentStatus, SessionStatus
from trainings.models import Enrolment, Participant, Session
from trainings.signals import newsletter_wished


class Refusal(enum.StrEnum):
    """Why nobody can enrol."""

    CLOSED = "closed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    PAST = "past"


class CannotEnrol(Exception):
    """The session takes no enrolment; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentChanges:
    """What a person says of herself in the form and may correct later."""

    name: str
    function: str = ""
    organisation: Organisation | None = None
    organisation_name: str = ""
    sector: Sector | None = None
    language: str = "fr"
    access_needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentData(EnrolmentChanges):
    """What the form asks."""

    email: str
    wants_newsletter: bool = False


@dataclass(frozen=True, slots=True)
class EnrolmentOutcome:
    """What became of it. `was_already_enrolled`: tell the reader nothing of the first enrolment, she may be a stranger."""

    enrolment: Enrolment
    was_already_enrolled: bool


@transaction.atomic
def enrol_participant(*, session_id: int, person: EnrolmentData, now: datetime.datetime) -> EnrolmentOutcome:
    """One person gets a seat or a place in the queue, and a mail that says which. Twice the same person changes nothing."""
    # Before the lock: whoever waits for this row must not hold a session.
    participant = _participant(person)
    session = _open_session(session_id, now)
    existing = session.enrolments.active().filter(participant=participant).select_related("participant").first()
    if existing is not None:
        existing.session = session
        notices.remind(existing, now=now)
        return EnrolmentOutcome(existing, was_already_enrolled=True)
    seats = count_seats(session)
    has_room = seats.has_room_for_newcomer
    enrolment = Enrolment.objects.create(
        session=session,
        participant=participant,
        status=EnrolmentStatus.CONFIRMED if has_room else EnrolmentStatus.WAITING,
        queued_at=None if has_room else end_of_queue(seats, now),
        created_at=now,
        wants_newsletter=person.wants_newsletter,
        **_told(person),
    )
    record_transition(enrolment, "", now=now)
    notices.tell_status(enrolment, rank=0 if has_room else seats.waiting + 1, now=now)
    if person.wants_newsletter:
        _announce_wish(enrolment, now)
    return EnrolmentOutcome(enrolment, was_already_enrolled=False)


@transaction.atomic
def change_enrolment(*, enrolment: Enrolment, changes: EnrolmentChanges, now: datetime.datetime) -> Enrolment:
    """Corrects what the person told of herself; the status stays. She is told by mail, once something changed."""
    current = Enrolment.objects.select_for_update(of=("self",)).select_related("participant").get(pk=enrolment.pk)
    told = _told(changes)
    changed = [name for name, value in told.items() if getattr(current, name) != value]
    if changed:
        for name in changed:
            setattr(current, name, told[name])
        current.save(update_fields=changed)
        notices.tell_changed(current, now=now)
    return current


def _participant(person: EnrolmentData) -> Participant:
    """The person of this address, made when it is new. A name once kept is not changed by whoever types the address again."""
    email = person.email.strip().lower()
    Participant.objects.bulk_create([Participant(email=email, name=person.name)], ignore_conflicts=True)
    return Participant.objects.get(email=email)


def _open_session(session_id: int, now: datetime.datetime) -> Session:
    """The locked session, or the reason why nobody can enrol in it."""
    try:
        session = lock_session(session_id)
    except Session.DoesNotExist as error:
        raise CannotEnrol(Refusal.UNKNOWN) from error
    refusal = why_closed(session, now)
    if refusal is not None:
        raise CannotEnrol(refusal)
    return session


def why_closed(session: Session, now: datetime.datetime) -> Refusal | None:
    """Why nobody can enrol in this session now; None when one can (if only on the waiting list)."""
    if session.status == SessionStatus.DRAFT:
        return Refusal.UNKNOWN
    if session.status == SessionStatus.CANCELLED:
        return Refusal.CANCELLED
    starts_at = min((meeting.starts_at for meeting in session.meetings.all()), default=None)
    if starts_at is not None and starts_at <= now:
        return Refusal.PAST
    is_over = session.enrolment_closes_at is not None and session.enrolment_closes_at <= now
    return Refusal.CLOSED if session.status == SessionStatus.CLOSED or is_over or starts_at is None else None


def _told(person: EnrolmentChanges) -> dict[str, object]:
    """The columns of what the person told. An organisation chosen from the directory replaces a typed name and gives its sector."""
    told: dict[str, object] = {each.name: getattr(person, each.name) for each in fields(EnrolmentChanges)}
    if person.organisation is not None:
        told["organisation_name"] = ""
        told["sector"] = person.sector or person.organisation.sector
    return told


def _announce_wish(enrolment: Enrolment, now: datetime.datetime) -> None:
    facts = {"email": enrolment.email, "language": enrolment.language, "at": now}
    transaction.on_commit(lambda: newsletter_wished.send_robust(sender=Enrolment, **facts))
