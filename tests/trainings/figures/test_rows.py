"""Every figure equals the number of rows it opens, whatever the data; and the queries do not grow with them."""

import datetime
import os
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.figures.definitions import UNKNOWN, Breakdown
from core.figures.period import Period, Scope
from core.models import Programme
from tests.core.factories import OrganisationFactory, SectorFactory
from tests.trainings.factories import (
    AttendanceFactory,
    CycleFactory,
    EnrolmentFactory,
    MeetingFactory,
    ModuleFactory,
    ParticipantFactory,
    SessionFactory,
    TrainerFactory,
)
from trainings.enums import AttendanceStatus, EnrolmentStatus, SessionKind, SessionStatus
from trainings.figures import SOURCES
from trainings.models import Audience, Project

pytestmark = pytest.mark.django_db

# `FIGURE_LIVES=200` tries more.
CALM = settings(
    max_examples=int(os.environ.get("FIGURE_LIVES", "3")),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
YEAR = Scope(Period.of_year(2024))
# Before, in and after the year, twice on one day, and at its very edges.
MOMENTS = [datetime.datetime(*when, tzinfo=datetime.UTC) for when in (
    (2023, 11, 7, 9), (2023, 12, 31, 22, 30), (2023, 12, 31, 23, 30), (2024, 3, 5, 8), (2024, 3, 5, 13), (2024, 10, 8, 9), (2025, 2, 4, 9),
)]  # fmt: skip
SESSIONS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(SessionKind.values),
            "status": st.sampled_from([SessionStatus.PUBLISHED, *SessionStatus.values]),
            "programme": st.sampled_from(["", *Programme.values]),
            "project": st.sampled_from(["", Project.PAT]),
            "cycle": st.sampled_from([None, 0, 1, 2, 3]),
            "module": st.booleans(),
            "trainers": st.integers(0, 2),
            "meetings": st.sets(st.sampled_from(MOMENTS), max_size=3),
            "people": st.lists(
                st.fixed_dictionaries(
                    {
                        "who": st.sampled_from([None, 0, 1, 2]),
                        "status": st.sampled_from([EnrolmentStatus.CONFIRMED, EnrolmentStatus.CANCELLED]),
                        "sector": st.sampled_from([None, 0, 1]),
                        "organisation": st.sampled_from([None, 0, 1]),
                        "came": st.sampled_from([None, *AttendanceStatus.values]),
                    }
                ),
                max_size=4,
            ),
        }
    ),
    min_size=3,
    max_size=6,
)


class World:
    """A few people, institutions and cycles that sessions share."""

    def __init__(self) -> None:
        self.people = [ParticipantFactory() for _number in range(3)]
        self.sectors = [SectorFactory() for _number in range(2)]
        self.organisations = [OrganisationFactory(sector=sector) for sector in self.sectors]
        self.trainers = [TrainerFactory() for _number in range(2)]
        self.module = ModuleFactory()
        day = datetime.date
        self.cycles = [
            CycleFactory(first_day=day(2023, 9, 1), last_day=day(2024, 6, 30)),
            CycleFactory(first_day=day(2024, 9, 1), last_day=day(2025, 6, 30)),
            CycleFactory(first_day=day(2023, 9, 1), last_day=day(2024, 12, 31), audience=Audience.PEER_WORKERS, programme="support"),
            CycleFactory(first_day=day(2024, 1, 1), last_day=day(2024, 12, 31), audience=Audience.TEAM_LEADS, programme="support"),
        ]

    def add(self, told: dict[str, Any]) -> None:
        session = SessionFactory(
            **{name: told[name] for name in ("kind", "status", "programme", "project")},
            cycle=None if told["cycle"] is None else self.cycles[told["cycle"]],
            module=self.module if told["module"] else None,
            title="Groupe d’exemple",
            meetings=0,
        )
        session.trainers.set(self.trainers[: told["trainers"]])
        meetings = [MeetingFactory(session=session, starts_at=moment) for moment in sorted(told["meetings"])]
        seen = set()
        for each in told["people"]:
            person = None if each["who"] is None else self.people[each["who"]]
            status = EnrolmentStatus.CANCELLED if each["who"] in seen else each["status"]
            seen.add(each["who"])
            enrolment = EnrolmentFactory(
                session=session,
                participant=person,
                name="N. N.",
                status=status,
                erased_at=None if person else MOMENTS[-1],
                sector=None if each["sector"] is None else self.sectors[each["sector"]],
                organisation=None if each["organisation"] is None else self.organisations[each["organisation"]],
                created_at=MOMENTS[0] if each["came"] else MOMENTS[-1],
            )
            for meeting in meetings if each["came"] else []:
                AttendanceFactory(enrolment=enrolment, meeting=meeting, status=each["came"])


def wrong_figures(scope: Scope) -> list[str]:
    """The figures that differ from the rows they open."""
    wrong = []
    for source in SOURCES:
        read = source.read(scope)
        for definition in source.definitions:
            counted = definition.count(read)
            if definition.rows is None:
                continue
            if isinstance(counted, Breakdown):
                told = {part.code: part.value for part in counted.parts} | {UNKNOWN: counted.unknown}
            else:
                told = {UNKNOWN: counted.value}
            wrong += [f"{definition.key} {code}: {value}" for code, value in told.items() if definition.rows(scope, code).total() != value]
    return wrong


@CALM
@given(sessions=SESSIONS, programmes=st.sets(st.sampled_from(Programme), min_size=1))
def test_a_figure_is_the_number_of_rows_it_opens(sessions: list[dict[str, Any]], programmes: set[Programme]) -> None:
    with transaction.atomic():
        world = World()
        for told in sessions:
            world.add(told)
        assert wrong_figures(Scope(YEAR.period, frozenset(programmes))) == []
        transaction.set_rollback(True)


def test_the_number_of_queries_does_not_depend_on_the_rows() -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            for source in SOURCES:
                source.read(YEAR)
        return len(found)

    world = World()
    everything = {"status": "published", "programme": "", "project": "", "module": True, "trainers": 2, "meetings": set(MOMENTS)}
    person = {"who": 0, "status": "confirmed", "sector": 0, "organisation": 1, "came": "present"}
    for kind in SessionKind.values:
        world.add(everything | {"kind": kind, "cycle": 0, "people": [person]})
    few = queries()
    for number in range(8):
        kind, cycle = SessionKind.values[number % 6], number % 4
        world.add(everything | {"kind": kind, "cycle": cycle, "people": [person | {"sector": number % 2}, person | {"who": 1}]})
    assert queries() == few <= 18


def test_every_figure_says_what_it_counts() -> None:
    keys = [definition.key for source in SOURCES for definition in source.definitions]
    assert len(keys) == len(set(keys))
    for source in SOURCES:
        for definition in source.definitions:
            assert (definition.count.__doc__ or "").strip(), definition.key
            assert str(definition.counts).endswith("."), definition.key
