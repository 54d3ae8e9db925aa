"""Sessions that are over, with who was there: rows written in a few statements, their history with them. Nobody gets a mail."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from core.models import Organisation, Sector
from trainings.enums import AttendanceStatus, EnrolmentStatus, SessionStatus
from trainings.models import (
    Attendance,
    Enrolment,
    EnrolmentTransition,
    Meeting,
    Module,
    Participant,
    Session,
    SessionTransition,
    Trainer,
)

MORNING, AFTERNOON = datetime.time(9, 30), datetime.time(13, 30)
HOURS = datetime.timedelta(hours=3)
STATEMENT = 400


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place. `present`: at which meetings, by number; None for all of them."""

    person: Participant
    sector: Sector | None = None
    organisation: Organisation | None = None
    typed: str = ""
    present: Collection[int] | None = None


@dataclass(slots=True)
class Held:
    """A session that took place. `begins`: when each of its meetings began; each lasts three hours."""

    facts: dict[str, Any]
    begins: Sequence[datetime.datetime]
    seats: Sequence[Seat]
    trainers: Sequence[Trainer] = ()
    row: Session = field(init=False)
    meetings: list[Meeting] = field(init=False)


def at(day: datetime.date, time: datetime.time = MORNING) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, time))


def workday(day: datetime.date) -> datetime.date:
    """The day, or the Monday after a weekend."""
    return day + datetime.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def whole_days(first: datetime.date, number: int) -> list[datetime.datetime]:
    """Mornings and afternoons of so many days, a week between two."""
    days = [workday(first) + datetime.timedelta(weeks=week) for week in range(number)]
    return [at(day, time) for day in days for time in (MORNING, AFTERNOON)]


def mornings(first: datetime.date, number: int, *, weeks: int = 4) -> list[datetime.datetime]:
    """So many mornings, so many weeks between two."""
    return [at(workday(first) + datetime.timedelta(weeks=weeks * place)) for place in range(number)]


def training(module: Module, **facts: Any) -> dict[str, Any]:
    """The facts of a session of a module."""
    return {"module": module} | facts


def write(held: Sequence[Held]) -> None:
    """All of it, in about ten statements."""
    for each in held:
        people = max(len(each.seats), 1)
        each.row = Session(**({"language": "fr", "capacity": people, "status": SessionStatus.CLOSED} | each.facts))
    Session.objects.bulk_create([each.row for each in held])
    through = Session.trainers.through
    through.objects.bulk_create([through(session=each.row, trainer=one) for each in held for one in each.trainers])
    SessionTransition.objects.bulk_create([row for each in held for row in _history(each)])
    for each in held:
        ends = [begins + HOURS for begins in each.begins]
        each.meetings = [
            Meeting(session=each.row, starts_at=a, ends_at=b, roll_closed_at=b) for a, b in zip(each.begins, ends, strict=True)
        ]
    Meeting.objects.bulk_create([meeting for each in held for meeting in each.meetings])
    enrolments = [(each, seat, _enrolment(each, seat, place)) for each in held for place, seat in enumerate(each.seats)]
    Enrolment.objects.bulk_create([row for _held, _seat, row in enrolments], batch_size=STATEMENT)
    EnrolmentTransition.objects.bulk_create(
        [EnrolmentTransition(enrolment=row, to_status=row.status, at=row.created_at) for _held, _seat, row in enrolments],
        batch_size=STATEMENT,
    )
    marks = [mark for each, seat, row in enrolments for mark in _marks(each, seat, row)]
    Attendance.objects.bulk_create(marks, batch_size=STATEMENT)


def _history(each: Held) -> list[SessionTransition]:
    """Published two months before, closed when the last meeting ended."""
    steps = [
        (SessionStatus.DRAFT, SessionStatus.PUBLISHED, each.begins[0] - datetime.timedelta(days=60)),
        (SessionStatus.PUBLISHED, SessionStatus.CLOSED, each.begins[-1] + HOURS),
    ]
    return [SessionTransition(session=each.row, from_status=old, to_status=new, at=at) for old, new, at in steps]


def _enrolment(each: Held, seat: Seat, place: int) -> Enrolment:
    return Enrolment(
        session=each.row,
        participant=seat.person,
        status=EnrolmentStatus.CONFIRMED,
        name=seat.person.name,
        organisation=seat.organisation,
        organisation_name=seat.typed,
        sector=seat.sector,
        language=each.row.language,
        created_at=each.begins[0] - datetime.timedelta(days=45 - place % 30),
    )


def _marks(each: Held, seat: Seat, row: Enrolment) -> list[Attendance]:
    """One for each meeting: present for all of it, or absent."""
    marks = []
    for number, meeting in enumerate(each.meetings):
        there = seat.present is None or number in seat.present
        status = AttendanceStatus.PRESENT if there else AttendanceStatus.ABSENT
        minutes = 180 if there else 0
        marks.append(Attendance(enrolment=row, meeting=meeting, status=status, minutes=minutes, marked_at=meeting.ends_at))
    return marks
