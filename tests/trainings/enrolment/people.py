"""A session somebody wants to be in, and the steps of a story about its seats."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.trainings.factories import EnrolmentFactory, SessionFactory
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, Session

BRUSSELS = ZoneInfo("Europe/Brussels")
# A Monday in winter; the sessions of these stories begin weeks later unless they say otherwise.
MONDAY = datetime.datetime(2027, 1, 11, 10, 0, tzinfo=BRUSSELS)
IN_FIVE_WEEKS = datetime.datetime(2027, 2, 15, 9, 30, tzinfo=BRUSSELS)


def at(text: str) -> datetime.datetime:
    """`at("2027-01-14 23:59")`, on the clock of Brussels."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


def full_session(*, waiting: int, capacity: int = 1, **facts: Any) -> tuple[Session, list[Enrolment], list[Enrolment]]:
    """A session without a free seat: it, those who have a seat, those who wait (first come first)."""
    facts = {"first_meeting_at": IN_FIVE_WEEKS} | facts
    session = SessionFactory(capacity=capacity, **facts)
    seated = [_enrol(session, minute) for minute in range(capacity)]
    return session, seated, [_enrol(session, capacity + place, is_waiting=True) for place in range(waiting)]


def _enrol(session: Session, minute: int, **state: Any) -> Enrolment:
    enrolment: Enrolment = EnrolmentFactory(
        session=session, created_at=MONDAY - datetime.timedelta(days=9, minutes=-minute), announced=True, **state
    )
    return enrolment


def status_of(enrolment: Enrolment) -> EnrolmentStatus:
    """As it stands in the database."""
    return EnrolmentStatus(Enrolment.objects.values_list("status", flat=True).get(pk=enrolment.pk))


def history_of(enrolment: Enrolment) -> list[tuple[str, str]]:
    """Every status and why."""
    return list(enrolment.transitions.order_by("pk").values_list("to_status", "reason"))
