"""No two published numbers give a third one away unless the report knows it: every sum among the figures of people is declared.

Years are filled with random numbers. Whatever then holds in every one of them (two numbers are the same, one is the sum of two others)
holds by definition, and has to follow from the sums the report watches over (`figures.report.public.tables`).
"""

import datetime
import random
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest

from core.figures.period import Period
from core.models import Programme
from figures.report.figure import ReportFigure, key_of_part
from figures.report.public import OF_PEOPLE, tables
from figures.report.reading import Report, read_reports
from followup.activities.sheets import sheets
from followup.enums import EventKind, Origin, Pillar, Reason, RequestStatus
from followup.models import SheetNumber
from tests.core.factories import OrganisationFactory, SectorFactory
from tests.followup.activities.factories import CountSheetFactory, SheetTeamFactory
from tests.followup.factories import FileEventFactory, FileFactory, RequestFactory
from tests.trainings.factories import AttendanceFactory, CycleFactory, EnrolmentFactory, ParticipantFactory
from tests.trainings.figures.scenes import at, session
from trainings.enums import AttendanceStatus, SessionKind
from trainings.models import Audience, Participant, Project

pytestmark = pytest.mark.django_db
YEARS = range(2016, 2024)
type Numbers = tuple[int, ...]
type Sum = dict[str, int]  # names with what they are multiplied by; together they are nought


class World:
    """People, sectors and organisations that years share."""

    def __init__(self) -> None:
        self.chance = random.Random(15)
        self.sectors = [SectorFactory(slug=slug) for slug in ("homeless", "housing", "drugs")]
        self.organisations = [OrganisationFactory(sector=self.chance.choice(self.sectors)) for _number in range(4)]
        self.people = [ParticipantFactory() for _number in range(9)]

    def year(self, year: int) -> None:
        day = datetime.date
        cycles = {
            audience: CycleFactory(audience=audience, first_day=day(year - 1, 10, 1), last_day=day(year, 9, 30)) for audience in Audience
        }
        for facts in (
            {},
            {"project": Project.PAT},
            {"programme": Programme.HOUSING_FIRST},
            {"kind": SessionKind.EXCHANGE_TABLE},
            {"kind": SessionKind.STUDY_MORNING},
            *({"kind": SessionKind.INTERVISION, "cycle": cycle} for cycle in cycles.values()),
        ):
            people = self.chance.choices(self.people, k=2)
            self._meet(year, facts, people[:1])
            self._meet(year, facts, people + self.chance.sample(self.people, self.chance.randint(0, 4)))
        for pillar in Pillar:
            for _time in range(self.chance.randint(3, 9)):
                self._request(year, pillar)
        self._sheets(year)

    def _meet(self, year: int, facts: dict[str, object], people: list[Participant]) -> None:
        held = session(at(year, 3, 5, 9), **facts)
        for person in dict.fromkeys(people):
            sector, organisation = self.chance.choice([*self.sectors, None]), self.chance.choice([*self.organisations, None])
            enrolment = EnrolmentFactory(
                session=held, participant=person, name="", sector=sector, organisation=organisation, created_at=at(year, 1, 8, 9)
            )
            AttendanceFactory(enrolment=enrolment, meeting=held.meetings.get(), status=AttendanceStatus.PRESENT)

    def _request(self, year: int, pillar: Pillar) -> None:
        pick = self.chance.choice
        status = pick([RequestStatus.FILE_OPENED, RequestStatus.FILE_OPENED, *RequestStatus])
        organisation = pick([*self.organisations, None])
        day = datetime.date(year, self.chance.randint(1, 12), 5)
        request = RequestFactory(
            pillar=pillar,
            status=status,
            received_on=day,
            organisation=organisation,
            organisation_name="",
            sector=pick([*self.sectors, None]),
            origin=pick([*Origin, ""]),
            reason=pick([*Reason, ""]),
        )
        if status == RequestStatus.FILE_OPENED:
            file = FileFactory(request=request, opened_on=day + datetime.timedelta(days=60))
            for kind in self.chance.sample([*EventKind], 2):
                FileEventFactory(file=file, kind=kind, held_on=file.opened_on)

    def _sheets(self, year: int) -> None:
        """Each line of each sheet, of one month where it is told by month."""
        for code, sheet in sheets().items():
            team = SheetTeamFactory(sheet=code, slug=f"{code}-{year}".replace("_", "-")) if sheet.is_monthly else None
            row = CountSheetFactory(sheet=code, team=team, first_day=datetime.date(year, 1, 1))
            SheetNumber.objects.bulk_create(SheetNumber(sheet=row, line=line, number=self.chance.randint(0, 400)) for line in sheet.lines)


def cells(report: Report) -> dict[str, int]:
    """Every number of people that is published, and that of all rows of a breakdown, known or not."""
    found: dict[str, int] = {}
    for figure in report.figures:
        if figure.unit in OF_PEOPLE and figure.is_public and not is_mean(figure):
            found |= {key_of_part(figure.key, part): int(part.value) for part in figure.parts}
            found[figure.key] = int(figure.value or 0) + (figure.unknown if figure.is_breakdown else 0)
    return found


def is_mean(figure: ReportFigure) -> bool:
    """Rounded: no sum holds for it."""
    return figure.key in {"pat_iv_avg", "interv_average", "hf_move_month"}


def declared(reports: Iterable[Report]) -> Iterator[Sum]:
    """Sums that the report watches over; a breakdown has the number of what it breaks down."""
    for report in reports:
        for figure in report.figures:
            if figure.is_breakdown and figure.part_of:
                yield {figure.part_of: -1, figure.key: 1}
        for table in tables(report.figures):
            if table.total:
                yield {table.total: -1} | dict.fromkeys(table.cells, 1)


def found_sums(numbers: dict[str, Numbers]) -> Iterator[Sum]:
    """What holds in all years: two numbers are the same, or one is the sum of two others."""
    names: dict[Numbers, str] = {}
    for name, row in numbers.items():
        if row in names:
            yield {names[row]: -1, name: 1}
        names.setdefault(row, name)
    for (one, first), (other, second) in combinations_with_replacement(names.items(), 2):
        whole = tuple(map(sum, zip(one, other, strict=True)))
        if whole in names and names[whole] not in {first, second}:
            yield {names[whole]: -1, first: 1, second: 1}


class Known:
    """Sums, and whatever follows from them."""

    def __init__(self, sums: Iterable[Sum]) -> None:
        self.rows: dict[str, dict[str, Fraction]] = {}
        for each in sums:
            left = self.without_what_follows(each)
            if left:
                self.rows[min(left)] = left

    def without_what_follows(self, asked: Sum) -> dict[str, Fraction]:
        left = {name: Fraction(times) for name, times in asked.items()}
        while names := sorted(set(left) & set(self.rows)):
            row, times = self.rows[names[0]], left[names[0]] / self.rows[names[0]][names[0]]
            for name, value in row.items():
                left[name] = left.get(name, Fraction()) - times * value
            left = {name: value for name, value in left.items() if value}
        return left


def undeclared(reports: list[Report], *, without: str = "") -> list[str]:
    """Sums of numbers of people that hold in every year and that the report does not watch over."""
    by_year = [cells(report) for report in reports]
    names = sorted(set.intersection(*(set(each) for each in by_year)))
    numbers = {name: row for name in names if any(row := tuple(each[name] for each in by_year))}
    known = Known(each for each in declared(reports) if without not in each)
    return [" ".join(sorted(each)) for each in found_sums(numbers) if known.without_what_follows(each)]


@pytest.fixture
def reports() -> list[Report]:
    world = World()
    for year in YEARS:
        world.year(year)
    return read_reports(frozenset(Programme), *map(Period.of_year, YEARS))


def test_every_sum_among_numbers_of_people_is_declared(reports: list[Report]) -> None:
    assert len(cells(reports[0])) > 80
    assert undeclared(reports) == []
    assert undeclared(reports, without="mob_phone") == ["mob_phone mob_status_advice_only"], "the control: a sum nobody declared is found"
