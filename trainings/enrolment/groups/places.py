"""The places of a group: a name is given, a colleague takes a place over, some or all are cancelled, offered seats are answered."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from core.fields import secret_token
from core.lifecycle.transitions import record_transition
from trainings.enrolment import notices
from trainings.enrolment.cancel import CannotCancel
from trainings.enrolment.enrol import participant_of
from trainings.enrolment.groups.people import AlreadyEnrolled, Colleague, NotReplaceable
from trainings.enrolment.offers.answer import accept_all
from trainings.enrolment.offers.settle import settle_seats
from trainings.enrolment.seats import lock_enrolment, lock_session
from trainings.enrolment.status import change_status
from trainings.enums import ACTIVE, EnrolmentStatus, Phase, SystemNote
from trainings.models import Enrolment, EnrolmentGroup, Participant
from trainings.sessions.seat_counts import can_be_changed


@transaction.atomic
def give_place(*, enrolment: Enrolment, to: Colleague, now: datetime.datetime) -> Enrolment:
    """The place goes to this colleague as it stands: a seat stays a seat, a rank a rank, an offer keeps its deadline.

    A place whose name follows gets its name. Of anybody else's, the old enrolment is cancelled and its person told, and a new one with a
    link of its own begins. Organisation and sector stay: what the rules of the session ask is not asked anew.
    """
    # Before the locks, as when somebody enrols.
    participant = participant_of(email=to.email, name=to.name)
    current = lock_enrolment(enrolment.pk)
    _refuse_impossible(current, participant, now)
    taken_over = _name(current, to, participant) if current.is_unnamed else _replace(current, to, participant, now)
    notices.notify_status(taken_over, now=now)
    return taken_over


@transaction.atomic
def cancel_places(*, group: EnrolmentGroup, places: Iterable[int], now: datetime.datetime) -> int:
    """Cancels some or all places; each person is told, the seats go to those who wait. Returns how many. Idempotent."""
    session = lock_session(group.session_id)
    rows = Enrolment.objects.filter(group=group, pk__in=list(places)).active().select_for_update(of=("self",))
    cancelled = list(rows.select_related("participant", "group").order_by("pk"))
    for enrolment in cancelled:
        enrolment.session = session
        if not can_be_changed(enrolment, now):
            raise CannotCancel
        change_status(enrolment, EnrolmentStatus.CANCELLED, now=now)
        notices.notify_cancelled(enrolment, now=now)
    if cancelled:
        settle_seats(session, now=now)
    return len(cancelled)


@transaction.atomic
def accept_for_group(*, group: EnrolmentGroup, now: datetime.datetime) -> list[Enrolment]:
    """The contact answers for all who have an offer, or had one and let it pass. Pressing twice is pressing once."""
    session = lock_session(group.session_id)
    asked = Enrolment.objects.filter(group=group, status__in=(EnrolmentStatus.OFFERED, EnrolmentStatus.LAPSED))
    rows = list(asked.select_for_update(of=("self",)).select_related("participant", "group").order_by("queued_at", "pk"))
    for enrolment in rows:
        enrolment.session = session
    return accept_all(rows, now=now)


def _refuse_impossible(enrolment: Enrolment, participant: Participant, now: datetime.datetime) -> None:
    if enrolment.status not in ACTIVE or enrolment.session.phase(now) == Phase.OVER or enrolment.attendances.exists():
        raise NotReplaceable
    if enrolment.session.enrolments.active().filter(participant=participant).exists():
        raise AlreadyEnrolled


def _name(enrolment: Enrolment, to: Colleague, participant: Participant) -> Enrolment:
    """From now on the link is hers: the one the contact was mailed dies."""
    enrolment.participant, enrolment.name, enrolment.function = participant, to.name, to.function
    enrolment.language = to.language or enrolment.language
    enrolment.token = secret_token()
    enrolment.save(update_fields=["participant", "name", "function", "language", "token"])
    return enrolment


def _replace(old: Enrolment, to: Colleague, participant: Participant, now: datetime.datetime) -> Enrolment:
    status, answer_by, is_held_back = EnrolmentStatus(old.status), old.answer_by, old.is_held_back
    change_status(old, EnrolmentStatus.CANCELLED, now=now, reason=SystemNote.REPLACED)
    notices.notify_cancelled(old, now=now, replaced_by=to.name)
    new = Enrolment.objects.create(
        session=old.session,
        group=old.group,
        participant=participant,
        status=status,
        name=to.name,
        function=to.function,
        organisation=old.organisation,
        organisation_name=old.organisation_name,
        sector=old.sector,
        language=to.language or old.language,
        created_at=now,
        queued_at=old.queued_at,
        answer_by=answer_by,
        is_held_back=is_held_back,
    )
    record_transition(new, "", now=now, reason=SystemNote.REPLACES, answer_by=answer_by)
    return new
