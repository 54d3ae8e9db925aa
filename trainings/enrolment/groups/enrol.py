"""Enrols a contact and her colleagues in one go."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from core.lifecycle.transitions import record_transition
from core.lifecycle.waiting_list import end_of_queue
from trainings.enrolment import notices
from trainings.enrolment.enrol import CannotEnrol, Refusal, announce_wish, claim_of_details, details_of, open_session
from trainings.enrolment.groups.mode import held_together_until
from trainings.enrolment.groups.notices import tell_contact
from trainings.enrolment.groups.people import MOST_PLACES, Colleague, GroupData
from trainings.enrolment.groups.words import Event
from trainings.enrolment.newcomers import current_seats, newcomers_seats
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, EnrolmentGroup, Participant, Session
from trainings.seats.modes import GroupMode


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """The result. `seats` and `waiting` say what newcomers with these answers get: somebody may have been enrolled before.

    `group` is None where everybody was.
    """

    group: EnrolmentGroup | None
    seats: int
    waiting: int


@transaction.atomic
def enrol_group(*, session_id: int, group: GroupData, now: datetime.datetime) -> GroupOutcome:
    """Gives the places seats as the group wants them, mails each person her own answer and link, and the contact where all stand.

    Somebody who is enrolled already keeps what she has and is reminded of it by mail: she is no part of the group.
    """
    people = _people(group)
    size = len(people) + group.unnamed
    # Before the session lock, in the order of the addresses, so that two groups with the same people cannot block one another.
    participants = participants_of(people)
    session = open_session(session_id, now)
    if size > MOST_PLACES or (group.mode == GroupMode.ALL_OR_NONE and size > session.capacity):
        raise CannotEnrol(Refusal.TOO_MANY)
    seats = current_seats(session, now=now)
    told = _rooms(session, group, size, now)
    known = _remind_known(session, participants, now)
    places = [each for each in people if each.email not in known] + [None] * group.unnamed
    outcome = GroupOutcome(None, seats=sum(told), waiting=size - sum(told))
    if not places:
        return outcome
    made = _create_group(session, group, now)
    rooms = told if len(places) == size else _rooms(session, group, len(places), now)
    latest = seats.latest_in_queue
    for person, has_room in zip(places, rooms, strict=True):
        latest = latest if has_room else end_of_queue(latest, now=now)
        participant = participants[person.email] if person else None
        enrolment = _create_place(made, group, person, participant, queued_at=None if has_room else latest, now=now)
        if person is not None:
            notices.notify_status(enrolment, is_first=True, now=now)
    tell_contact(made, Event.ENROLLED, session=session, now=now)
    if group.contact.wants_newsletter:
        announce_wish(email=made.contact_email, language=made.language, now=now)
    return replace(outcome, group=made)


def participants_of(people: Iterable[Colleague]) -> dict[str, Participant]:
    """By address. A stored name is not overwritten: anybody may type the address again."""
    rows = {each.email: Participant(email=each.email, name=each.name) for each in sorted(people, key=lambda each: each.email)}
    if rows:
        Participant.objects.bulk_create(rows.values(), update_conflicts=True, unique_fields=["email"], update_fields=["email"])
    return rows


def _people(group: GroupData) -> list[Colleague]:
    """Those with a name, the contact first; an address that stands there twice is one person."""
    contact = group.contact
    me = [Colleague(name=contact.name, email=contact.email, function=contact.function)] if group.takes_part else []
    found: dict[str, Colleague] = {}
    for each in [*me, *group.colleagues]:
        email = each.email.strip().lower()
        found.setdefault(email, replace(each, email=email))
    return list(found.values())


def _rooms(session: Session, group: GroupData, count: int, now: datetime.datetime) -> list[bool]:
    """Whether each place gets a seat: all or none, or one after another."""
    rooms = newcomers_seats(session, [claim_of_details(details_of(group.contact))] * count, now=now)
    return [all(rooms)] * count if group.mode == GroupMode.ALL_OR_NONE else rooms


def _remind_known(session: Session, participants: dict[str, Participant], now: datetime.datetime) -> set[str]:
    """The addresses that are enrolled already; each is told so."""
    rows = session.enrolments.active().filter(participant__in=participants.values()).select_related("participant")
    for enrolment in rows:
        enrolment.session = session
        notices.remind(enrolment, now=now)
    return {enrolment.email for enrolment in rows}


def _create_group(session: Session, group: GroupData, now: datetime.datetime) -> EnrolmentGroup:
    details = details_of(group.contact)
    shared = {name: details[name] for name in ("organisation", "organisation_name", "sector", "language")}
    return EnrolmentGroup.objects.create(
        session=session,
        contact_name=group.contact.name,
        contact_email=group.contact.email.strip().lower(),
        mode=group.mode,
        held_together_until=held_together_until(session, now) if group.mode == GroupMode.ALL_OR_NONE else None,
        created_at=now,
        **shared,
    )


def _create_place(
    made: EnrolmentGroup,
    group: GroupData,
    person: Colleague | None,
    participant: Participant | None,
    *,
    queued_at: datetime.datetime | None,
    now: datetime.datetime,
) -> Enrolment:
    is_contact = person is not None and group.takes_part and person.email == made.contact_email
    enrolment = Enrolment.objects.create(
        session=made.session,
        group=made,
        participant=participant,
        status=EnrolmentStatus.WAITING if queued_at else EnrolmentStatus.CONFIRMED,
        queued_at=queued_at,
        name=person.name if person else placeholder(made),
        function=person.function if person else "",
        organisation=made.organisation,
        organisation_name=made.organisation_name,
        sector=made.sector,
        language=(person.language if person else "") or made.language,
        access_needs=group.contact.access_needs if is_contact else "",
        wants_newsletter=is_contact and group.contact.wants_newsletter,
        created_at=now,
    )
    record_transition(enrolment, "", now=now)
    return enrolment


def placeholder(group: EnrolmentGroup) -> str:
    """What stands for a name that follows: on lists, and in mails to the contact."""
    with translation.override(group.language):
        # Translators: a place whose name follows, on lists of participants.
        return (_("Colleague of %(name)s") % {"name": group.contact_name})[:120]
