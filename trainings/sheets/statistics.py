"""What the sessions of a module came to, year by year."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from trainings.enums import ATTENDED, EnrolmentStatus, SessionStatus
from trainings.models import Attendance, Certificate, Enrolment, Module, Session


@dataclass(slots=True)
class YearOfModule:
    """One year, by the first meeting of each session."""

    year: int
    sessions: int = 0
    seats: int = 0
    confirmed: int = 0
    waiting: int = 0
    attended: int = 0
    minutes: int = 0
    certificates: int = 0

    @property
    def share_of_seats(self) -> int:
        """In percent."""
        return round(100 * self.confirmed / self.seats) if self.seats else 0


def years_of(module: Module) -> list[YearOfModule]:
    """The latest first. Four queries, however many sessions. Drafts and cancelled sessions count nothing."""
    held = Session.objects.filter(module=module, status__in=(SessionStatus.PUBLISHED, SessionStatus.CLOSED)).with_dates()
    years: dict[int, YearOfModule] = {}
    enrolled, attended, certified = _enrolled(module), _attended(module), _certified(module)
    for pk, capacity, starts_at in held.exclude(starts_at=None).values_list("pk", "capacity", "starts_at"):
        number = timezone.localtime(starts_at).year
        year = years.setdefault(number, YearOfModule(number))
        year.sessions += 1
        year.seats += capacity
        year.confirmed += enrolled[pk][0]
        year.waiting += enrolled[pk][1]
        year.attended += attended[pk][0]
        year.minutes += attended[pk][1]
        year.certificates += certified[pk]
    return sorted(years.values(), key=lambda year: -year.year)


def _enrolled(module: Module) -> dict[int, tuple[int, int]]:
    confirmed, waiting = (Count("pk", filter=Q(status=status)) for status in (EnrolmentStatus.CONFIRMED, EnrolmentStatus.WAITING))
    rows = Enrolment.objects.filter(session__module=module).order_by().values_list("session")
    return _by_session(rows.annotate(confirmed=confirmed, waiting=waiting), (0, 0))


def _attended(module: Module) -> dict[int, tuple[int, int]]:
    """People who were there at least once, and their minutes."""
    rows = Attendance.objects.filter(enrolment__session__module=module, status__in=ATTENDED).order_by().values_list("enrolment__session")
    return _by_session(rows.annotate(people=Count("enrolment", distinct=True), minutes=Sum("minutes")), (0, 0))


def _certified(module: Module) -> dict[int, int]:
    rows = Certificate.objects.filter(enrolment__session__module=module, revoked_at=None).order_by().values_list("enrolment__session")
    found: dict[int, int] = defaultdict(int)
    found.update(rows.annotate(n=Count("pk")))
    return found


def _by_session(rows: Any, empty: tuple[int, int]) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = defaultdict(lambda: empty)
    found.update({session: (one, other) for session, one, other in rows})
    return found
