"""Intersectoral intervisions, by cycle: groups, people, sectors, meetings, institutions, average presence.

A cycle runs from autumn to summer: a year sees the end of one and the beginning of the next. Its figures are those of the whole cycle,
as far as it has come on the last day of the report.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count as CountOf
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.figures.definitions import UNKNOWN, Breakdown, Definition, Part, Rows, Source, in_languages
from core.figures.period import Period, Scope
from core.figures.questions import Questions
from core.models import FigureUnit, Organisation, Programme, Sector
from trainings.enums import ATTENDED, SessionKind
from trainings.figures.held import ANNOUNCED, over_by, registered
from trainings.figures.rows import enrolment_rows, meeting_rows, named_rows, session_rows
from trainings.figures.sectors import NAMES, of_sector, sector_part
from trainings.models import Audience, Cycle, Enrolment, Meeting, Session

# What a cycle was to the days of a report: it ended before them, ended in them, goes on through them, or began in them and goes on.
PLACES: Final = {
    "before": _("Cycle that ended before"),
    "ended": _("Cycle that ended"),
    "going_on": _("Cycle that goes on"),
    "begun": _("Cycle that began"),
}


@dataclass(slots=True)
class CycleFigures:
    """One cycle; cycles of one place, such as a French and a Dutch one, are one."""

    groups: int = 0
    meetings: int = 0
    closed: int = 0
    attended: int = 0
    people: int = 0
    sectors: set[int] = field(default_factory=set)
    organisations: set[int] = field(default_factory=set)

    def add_people(self, row: dict[str, Any]) -> None:
        """`row`: so many people of one sector and one institution."""
        self.people += row["number"]
        self.sectors |= {row["sector"]} if row["sector"] else set()
        self.organisations |= {row["organisation"]} if row["organisation"] else set()


@dataclass(slots=True)
class IntervisionsRead:
    """By what a cycle was to these days (`PLACES`): the key of a figure is the same every year."""

    cycles: dict[str, CycleFigures]
    ended: Breakdown = field(default_factory=lambda: Breakdown(()))
    begun: Breakdown = field(default_factory=lambda: Breakdown(()))


def intersectoral(period: Period) -> QuerySet[Cycle]:
    """The cycles of these days, and the one before: what came of it is told once more beside them."""
    year_before = period.first - datetime.timedelta(days=366)
    cycles = Cycle.objects.filter(kind=SessionKind.INTERVISION, audience=Audience.PROFESSIONALS)
    return cycles.filter(first_day__lte=period.last, last_day__gte=year_before)


def ended_cycles(period: Period) -> QuerySet[Cycle]:
    """Those whose last day is in the period."""
    return _of_place(period, "ended")


def begun_cycles(period: Period) -> QuerySet[Cycle]:
    """Those that began in it and go on after it."""
    return _of_place(period, "begun")


def place_of(cycle: Cycle, period: Period) -> str:
    """What a cycle was to these days."""
    if cycle.last_day <= period.last:
        return "before" if cycle.last_day < period.first else "ended"
    return "begun" if cycle.first_day >= period.first else "going_on"


def _of_place(period: Period, place: str) -> QuerySet[Cycle]:
    """Those of which `place_of` is this."""
    first, last = period.first, period.last
    asked = {
        "before": Q(last_day__lt=first),
        "ended": Q(last_day__gte=first, last_day__lte=last),
        "going_on": Q(first_day__lt=first, last_day__gt=last),
        "begun": Q(first_day__gte=first, last_day__gt=last),
    }
    return intersectoral(period).filter(asked[place]) if place in asked else Cycle.objects.none()


def _groups(cycles: Iterable[Cycle]) -> QuerySet[Session]:
    return Session.objects.filter(cycle__in=cycles, status__in=ANNOUNCED)


def _meetings(period: Period, cycles: Iterable[Cycle]) -> QuerySet[Meeting]:
    """Since the cycle began, also in the year before, until the report's last day."""
    return Meeting.objects.filter(session__cycle__in=cycles, session__status__in=ANNOUNCED, starts_at__lt=over_by(period))


def _people(period: Period, cycles: Iterable[Cycle]) -> QuerySet[Enrolment]:
    return registered(period).filter(session__cycle__in=cycles)


def ask_intervisions(scope: Scope) -> Questions[IntervisionsRead]:
    """Four."""
    period = scope.period
    cycles = sorted((yield intersectoral(period)), key=lambda cycle: cycle.first_day)
    places = {cycle.pk: place_of(cycle, period) for cycle in cycles}
    read = IntervisionsRead({place: CycleFigures() for place in places.values()})
    for row in (yield _groups(cycles).order_by().values("cycle").annotate(n=CountOf("pk"))):
        read.cycles[places[row["cycle"]]].groups += row["n"]
    meetings = _meetings(period, cycles).order_by().values("session__cycle")
    closed = Q(roll_closed_at__isnull=False)
    held = meetings.annotate(
        n=CountOf("pk", distinct=True),
        done=CountOf("pk", distinct=True, filter=closed),
        present=CountOf("attendances", distinct=True, filter=Q(attendances__status__in=ATTENDED) & closed),
    )
    for row in (yield held):
        one = read.cycles[places[row["session__cycle"]]]
        one.meetings, one.closed, one.attended = one.meetings + row["n"], one.closed + row["done"], one.attended + row["present"]
    people = _people(period, cycles).order_by().values("session__cycle", "organisation", "sector", "sector__slug", *NAMES)
    counted = yield people.annotate(number=CountOf("pk"))
    for row in counted:
        read.cycles[places[row["session__cycle"]]].add_people(row)
    read.ended = _by_sector(counted, {cycle for cycle, place in places.items() if place == "ended"})
    read.begun = _by_sector(counted, {cycle for cycle, place in places.items() if place == "begun"})
    return read


def _by_sector(counted: Sequence[dict[str, Any]], cycles: set[int]) -> Breakdown:
    """The people of some cycles by sector, the largest first."""
    numbers: Counter[str] = Counter()
    rows = {row["sector__slug"] or UNKNOWN: row for row in counted}
    for row in counted:
        numbers[row["sector__slug"] or UNKNOWN] += row["number"] if row["session__cycle"] in cycles else 0
    unknown = numbers.pop(UNKNOWN, 0)
    known = sorted(numbers.items(), key=lambda each: (-each[1], each[0]))
    return Breakdown(tuple(sector_part(rows[slug], number) for slug, number in known if number), unknown=unknown)


# What is counted


def groups(read: IntervisionsRead) -> Breakdown:
    """Groups of each cycle: sessions that were announced and not cancelled."""
    return _by_cycle(read, lambda one: one.groups)


def participants(read: IntervisionsRead) -> Breakdown:
    """People with a seat in a group of the cycle, whether they came or not, enrolled before the end of the days of the report.

    Somebody in two groups has two seats. Whoever waits, was offered a seat or cancelled is not counted.
    """
    return _by_cycle(read, lambda one: one.people)


def sectors(read: IntervisionsRead) -> Breakdown:
    """Different sectors of the people with a seat. People without a sector are in none."""
    return _by_cycle(read, lambda one: len(one.sectors))


def institutions(read: IntervisionsRead) -> Breakdown:
    """Different institutions of the directory that people with a seat come from. A name that was only typed is none yet."""
    return _by_cycle(read, lambda one: len(one.organisations))


def meetings(read: IntervisionsRead) -> Breakdown:
    """Meetings of all groups of the cycle since it began, until the last day of the report."""
    return _by_cycle(read, lambda one: one.meetings)


def average(read: IntervisionsRead) -> Breakdown:
    """People present at a meeting on average, in whole people. Meetings of which the roll call is not closed are left out."""
    return _by_cycle(read, lambda one: rounded(one.attended, one.closed))


def ended_by_sector(read: IntervisionsRead) -> Breakdown:
    """People with a seat in the cycle that ended in these days, by the sector told at enrolment. Shares are of those that are known."""
    return read.ended


def begun_by_sector(read: IntervisionsRead) -> Breakdown:
    """People with a seat in the cycle that began in these days and goes on, by the sector told at enrolment."""
    return read.begun


def rounded(attended: int, meetings: int) -> int:
    """The average in whole people, a half upwards; 0 where no roll call is closed."""
    return (2 * attended + meetings) // (2 * meetings) if meetings else 0


def _by_cycle(read: IntervisionsRead, number: Callable[[CycleFigures], int]) -> Breakdown:
    parts = (Part(place, in_languages(PLACES[place]), number(one)) for place, one in read.cycles.items())
    return Breakdown(tuple(parts), adds_up=False)


# The rows behind


def _people_of(scope: Scope, place: str) -> QuerySet[Enrolment]:
    return _people(scope.period, _of_place(scope.period, place))


def _sector_rows(chosen: Callable[[Period], QuerySet[Cycle]]) -> Callable[[Scope, str], Rows]:
    return lambda scope, code: enrolment_rows(of_sector(_people(scope.period, chosen(scope.period)), code))


def _group_rows(scope: Scope, code: str) -> Rows:
    return session_rows(_groups(_of_place(scope.period, code)))


def _participant_rows(scope: Scope, code: str) -> Rows:
    return enrolment_rows(_people_of(scope, code))


def _sectors_rows(scope: Scope, code: str) -> Rows:
    return named_rows(Sector.objects.filter(pk__in=_people_of(scope, code).values("sector")), "core_sectors:edit")


def _institution_rows(scope: Scope, code: str) -> Rows:
    return named_rows(Organisation.objects.filter(pk__in=_people_of(scope, code).values("organisation")), "core_organisations:edit")


def _meeting_rows(scope: Scope, code: str) -> Rows:
    return meeting_rows(_meetings(scope.period, _of_place(scope.period, code)))


def _definition(
    key: str, unit: FigureUnit, label: Promise, meaning: Promise, count: Any, rows: Any, section: str, part_of: str = ""
) -> Definition:
    words = {"label": label, "counts": meaning}
    return Definition(key=key, programme=Programme.CONNECT, section=section, unit=unit, count=count, rows=rows, part_of=part_of, **words)


ENDED, BEGUN = "intervision-2023", "intervision-2024"
INTERVISIONS = Source(
    name="intervisions",
    ask=ask_intervisions,
    definitions=(
        _definition(
            "interv_groups",
            FigureUnit.COUNT,
            _("Groups"),
            _("Groups of intersectoral intervision of each cycle."),
            groups,
            _group_rows,
            BEGUN,
        ),
        _definition(
            "interv_participants",
            FigureUnit.PERSONS,
            _("People with a seat"),
            _("People with a seat in a group of the cycle, whether they came or not."),
            participants,
            _participant_rows,
            BEGUN,
        ),
        _definition(
            "interv_sectors",
            FigureUnit.COUNT,
            _("Sectors"),
            _("Different sectors that people with a seat work in."),
            sectors,
            _sectors_rows,
            BEGUN,
        ),
        _definition(
            "interv_meetings",
            FigureUnit.MEETINGS,
            _("Meetings"),
            _("Meetings of all groups of the cycle, until the last day of the report."),
            meetings,
            _meeting_rows,
            BEGUN,
        ),
        _definition(
            "interv_bodies",
            FigureUnit.INSTITUTIONS,
            _("Institutions"),
            _("Different institutions of our directory that people with a seat work for."),
            institutions,
            _institution_rows,
            BEGUN,
        ),
        _definition(
            "interv_average",
            FigureUnit.PERSONS,
            _("People present on average"),
            _("People present at a meeting on average; meetings without a closed roll call are left out."),
            average,
            None,
            BEGUN,
        ),
        _definition(
            "interv_ended_sector",
            FigureUnit.PERSONS,
            _("Cycle that ended: people by sector"),
            _("People with a seat in the cycle that ended in these days, by their sector."),
            ended_by_sector,
            _sector_rows(ended_cycles),
            ENDED,
            "interv_participants_ended",
        ),
        _definition(
            "interv_begun_sector",
            FigureUnit.PERSONS,
            _("Cycle that began: people by sector"),
            _("People with a seat in the cycle that began in these days, by their sector."),
            begun_by_sector,
            _sector_rows(begun_cycles),
            BEGUN,
            "interv_participants_begun",
        ),
    ),
)
