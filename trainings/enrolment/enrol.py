"""Enrols a person in a session, and corrects the details of an enrolment."""

import datetime
import enum
from copy import copy
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils import timezone

from core.lifecycle.transitions import record_transition
from core.lifecycle.waiting_list import end_of_queue
from core.models import Organisation, Sector
from trainings.enrolment import notices
from trainings.enrolment.newcomers import newcomers_seat
from trainings.enrolment.offers.settle import settle_seats
from trainings.enrolment.seats import lock_enrolment, lock_session
from trainings.enums import EnrolmentStatus, SessionStatus
from trainings.models import Enrolment, Participant, Session
from trainings.seats.rules import Claim, claim_of
from trainings.sessions.seat_words import SeatWords
from trainings.signals import newsletter_wished


class Refusal(enum.StrEnum):
    """Why nobody can enrol."""

    CLOSED = "closed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    PAST = "past"
    NOT_YET = "not_yet"
    TOO_MANY = "too_many"


class CannotEnrol(Exception):
    """The session takes no enrolment; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentChanges:
    """The details a person gives in the form and may correct later."""

    name: str
    function: str = ""
    organisation: Organisation | None = None
    organisation_name: str = ""
    sector: Sector | None = None
    care_zone: str = ""
    language: str = "fr"
    access_needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentData(EnrolmentChanges):
    """All fields of the enrolment form."""

    email: str
    wants_newsletter: bool = False


# What the rules of a session may ask about (sessions/seat_rules.py).
CLAIMED = {"sector", "organisation", "organisation_name", "care_zone"}


@dataclass(frozen=True, slots=True)
class EnrolmentOutcome:
    """The result. With `was_already_enrolled`, show nothing of the first enrolment: the reader may be a stranger.

    `rank`: what the answer says, 0 for a seat. Of a repetition, what a newcomer with these answers would have got at that moment.
    """

    enrolment: Enrolment
    was_already_enrolled: bool
    rank: int


@transaction.atomic
def enrol_participant(*, session_id: int, person: EnrolmentData, now: datetime.datetime) -> EnrolmentOutcome:
    """Gives the person a seat or a place on the waiting list, and mails which. Idempotent per person and session."""
    # Before the session lock, so that waiting for this row never blocks a session.
    participant = participant_of(email=person.email, name=person.name)
    session = open_session(session_id, now)
    details = details_of(person)
    seats, has_room = newcomers_seat(session, claim_of_details(details), now=now)
    rank = 0 if has_room else seats.waiting + 1
    earlier = session.enrolments.active().filter(participant=participant)
    if earlier.exists():  # of a newcomer, an empty row of fifty columns would be asked for
        existing = earlier.select_related("participant").get()
        existing.session = session
        notices.remind(existing, now=now)
        return EnrolmentOutcome(existing, was_already_enrolled=True, rank=rank)
    enrolment = Enrolment.objects.create(
        session=session,
        participant=participant,
        status=EnrolmentStatus.CONFIRMED if has_room else EnrolmentStatus.WAITING,
        queued_at=None if has_room else end_of_queue(seats.latest_in_queue, now=now),
        created_at=now,
        wants_newsletter=person.wants_newsletter,
        **details,
    )
    record_transition(enrolment, "", now=now)
    notices.notify_status(enrolment, rank=rank, is_seat_free=SeatWords(session, now).promises(seats.free), is_first=True, now=now)
    if person.wants_newsletter:
        announce_wish(email=enrolment.email, language=enrolment.language, now=now)
    return EnrolmentOutcome(enrolment, was_already_enrolled=False, rank=rank)


@transaction.atomic
def change_enrolment(*, enrolment: Enrolment, changes: EnrolmentChanges, now: datetime.datetime) -> Enrolment:
    """Corrects the person's details and mails them. Another sector or organisation may open a seat to her, or to somebody else."""
    current = lock_enrolment(enrolment.pk)
    details = details_of(changes)
    changed = [name for name, value in details.items() if getattr(current, name) != value]
    if changed:
        before = copy(current)
        for name in changed:
            setattr(current, name, details[name])
        current.save(update_fields=changed)
        notices.notify_changed(current, before=before, now=now)
        if CLAIMED & set(changed):
            settle_seats(current.session, now=now)
    return current


def participant_of(*, email: str, name: str) -> Participant:
    """The participant with this email, created if new. A stored name is not overwritten: anybody may type the email again."""
    participant = Participant(email=email.strip().lower(), name=name)
    # One statement: inserts, or returns the existing row; the email is written unchanged.
    Participant.objects.bulk_create([participant], update_conflicts=True, unique_fields=["email"], update_fields=["email"])
    return participant


def open_session(session_id: int, now: datetime.datetime) -> Session:
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
    today = timezone.localdate(now)
    if session.cycle is not None and session.cycle.opens_later(today):
        return Refusal.NOT_YET
    is_over = session.enrolment_closes_at is not None and session.enrolment_closes_at <= now
    is_over = is_over or (session.cycle is not None and session.cycle.is_season_over(today))
    return Refusal.CLOSED if session.status == SessionStatus.CLOSED or is_over or starts_at is None else None


def details_of(person: EnrolmentChanges) -> dict[str, object]:
    """The fields to store. An organisation chosen from the directory replaces a typed name and provides its sector."""
    details: dict[str, object] = {each.name: getattr(person, each.name) for each in fields(EnrolmentChanges)}
    if person.organisation is not None:
        details["organisation_name"] = ""
        details["sector"] = person.sector or person.organisation.sector
    return details


def claim_of_details(details: dict[str, object]) -> Claim:
    """What the rules of a session ask of these details."""
    sector, organisation = (getattr(details[name], "pk", None) for name in ("sector", "organisation"))
    return claim_of(sector, organisation, str(details["organisation_name"]), str(details["care_zone"]))


def announce_wish(*, email: str, language: str, now: datetime.datetime) -> None:
    """Somebody wishes the newsletter: said once the enrolment is kept."""
    facts = {"email": email, "language": language, "at": now}
    transaction.on_commit(lambda: newsletter_wished.send_robust(sender=Enrolment, **facts))
