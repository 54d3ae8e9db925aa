"""What took place in a year, in a line or two; and a figure of it by its key."""

import datetime
from typing import Any

from django.utils import timezone

from core.figures.definitions import Breakdown, Definition, Source
from core.figures.period import Period, Scope
from tests.trainings.factories import AttendanceFactory, EnrolmentFactory, MeetingFactory, SessionFactory
from trainings.enums import AttendanceStatus, SessionKind
from trainings.figures import SOURCES
from trainings.models import Enrolment, Meeting, Session

YEAR = Scope(Period.of_year(2024))


def at(*moment: int) -> datetime.datetime:
    """A moment on the clock of Brussels."""
    return timezone.make_aware(datetime.datetime(*moment))  # type: ignore[arg-type]


def session(*moments: datetime.datetime, is_roll_closed: bool = True, **facts: Any) -> Session:
    """A training of one half-day in March, unless said otherwise."""
    plain = {"kind": SessionKind.OPEN_TRAINING, "meetings": 0}
    made: Session = SessionFactory(**(plain | facts))
    for moment in moments or (at(2024, 3, 5, 9),):
        MeetingFactory(session=made, starts_at=moment, roll_closed_at=moment if is_roll_closed else None)
    return made


def present(session: Session, *meetings: Meeting, **facts: Any) -> Enrolment:
    """Somebody who was there, at all meetings unless some are named."""
    enrolment: Enrolment = EnrolmentFactory(session=session, created_at=at(2023, 9, 1, 9), **facts)
    for meeting in meetings or session.meetings.all():
        AttendanceFactory(enrolment=enrolment, meeting=meeting, status=AttendanceStatus.PRESENT)
    return enrolment


def definition_of(key: str) -> tuple[Source, Definition]:
    return next((source, each) for source in SOURCES for each in source.definitions if each.key == key)


def figure(key: str, scope: Scope = YEAR) -> Any:
    """`3`, or of a breakdown `{"homeless": 2}`."""
    counted = counted_of(key, scope)
    return {part.code: part.value for part in counted.parts} if isinstance(counted, Breakdown) else counted.value


def counted_of(key: str, scope: Scope = YEAR) -> Any:
    source, definition = definition_of(key)
    return definition.count(source.read(scope))
