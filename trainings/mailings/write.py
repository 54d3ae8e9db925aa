"""A coordinator writes to the people of a session: whom she saw get it, once, and it stays in the history of the session."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from core.models import User
from trainings.enrolment.seats import lock_session
from trainings.enums import ATTENDED, HOPING
from trainings.mailings.letters import letter, send
from trainings.mailings.plan import by_day
from trainings.models import Attendance, Enrolment, MessageCopy, Session, SessionMessage
from trainings.models.mailings import Audience
from trainings.querysets.enrolments import EnrolmentQuerySet


class NobodyToWriteTo(Exception):
    """Nobody of the session is meant."""


class PeopleChanged(Exception):
    """Somebody came or went since the coordinator looked: she looks again."""


@dataclass(frozen=True, slots=True)
class MessageData:
    """What a coordinator wrote, and to whom. An empty language: whatever theirs is."""

    audience: Audience
    language: str
    subject: str
    body: str


def people_for(session: Session, *, audience: Audience | str, language: str = "") -> EnrolmentQuerySet:
    """Those a message is for."""
    rows = Enrolment.objects.known().filter(session=session)
    rows = rows.filter(status__in=HOPING) if audience == Audience.WAITING else rows.confirmed()
    marks = Attendance.objects.filter(meeting__session=session)
    present = marks.filter(status__in=ATTENDED).values("enrolment")
    if audience == Audience.PRESENT:
        rows = rows.filter(pk__in=present)
    if audience == Audience.ABSENT:
        rows = rows.filter(pk__in=marks.values("enrolment")).exclude(pk__in=present)
    rows = rows.filter(language=language) if language else rows
    return rows.select_related("participant", "organisation").order_by("name", "pk")


@transaction.atomic
def write_to_people(
    *, session: Session, key: uuid.UUID, data: MessageData, seen: set[int], now: datetime.datetime, by: User
) -> SessionMessage:
    """By night the copies wait for the morning. Sending the same form twice is sending it once. `seen`: the enrolments that were shown.

    Raises NobodyToWriteTo, PeopleChanged.
    """
    current = lock_session(session.pk)
    if already := SessionMessage.objects.filter(key=key).first():
        return already
    people = list(people_for(current, audience=data.audience, language=data.language))
    if not people:
        raise NobodyToWriteTo
    if {each.pk for each in people} != seen:
        raise PeopleChanged
    message = SessionMessage.objects.create(
        session=current,
        key=key,
        audience=data.audience,
        language=data.language,
        subject=data.subject,
        body=data.body,
        written_at=now,
        leaves_at=by_day(now),
        by=by,
    )
    MessageCopy.objects.bulk_create([MessageCopy(message=message, enrolment=each) for each in people])
    if message.leaves_at <= now:
        for copy in message.copies.all():
            send_copy(copy_id=copy.pk, now=now)
    return message


def copies_due(now: datetime.datetime) -> list[int]:
    """Those that waited for the morning."""
    rows = MessageCopy.objects.filter(left_at=None, message__leaves_at__lte=now, enrolment__erased_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def send_waiting_copies(*, now: datetime.datetime) -> int:
    """The duty's part: one transaction a copy."""
    return sum(send_copy(copy_id=pk, now=now) for pk in copies_due(now)) if by_day(now) == now else 0


@transaction.atomic
def send_copy(*, copy_id: int, now: datetime.datetime) -> bool:
    """Writes one copy, once: the row is locked and says whether it left."""
    copy = MessageCopy.objects.select_for_update(of=("self",)).select_related("message").get(pk=copy_id)
    if copy.left_at is not None:
        return False
    rows = Enrolment.objects.known().select_related("session__module", "session__venue", "participant", "organisation")
    enrolment = rows.filter(pk=copy.enrolment_id).first()
    if enrolment is None:
        return False
    copy.mail = send(letter(enrolment, subject=copy.message.subject, body=copy.message.body), now=now)
    copy.left_at = now
    copy.save(update_fields=["mail", "left_at"])
    return True
