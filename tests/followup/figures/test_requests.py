"""A small year of the mobile team, of supervisions and of PAT, counted; and any other data, where each figure is what it opens."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.figures.definitions import UNKNOWN, Breakdown, Count, Source
from core.figures.period import Period, Scope
from core.models import Organisation, Sector
from followup.enums import EventKind, Origin, Pillar, Reason, RequestStatus
from followup.figures import SOURCES
from followup.models import Request
from followup.requests.status import moment_of
from tests.core.factories import OrganisationFactory, SectorFactory
from tests.followup.factories import FileEventFactory, FileFactory, RequestFactory

YEAR = Scope(Period.of_year(2025))
MINE = [source for source in SOURCES if source.name in {"support_requests", "peer_and_team_support"}]


def on(month: int, day: int = 10, year: int = 2025) -> datetime.date:
    return datetime.date(year, month, day)


def counted(scope: Scope = YEAR) -> dict[str, Any]:
    """Values by key; a breakdown as {code: value}."""
    found: dict[str, Any] = {}
    for source in MINE:
        facts = source.read(scope)
        for each in source.definitions:
            result = each.count(facts)
            found[each.key] = result.value if isinstance(result, Count) else {part.code: part.value for part in result.parts if part.value}
    return found


def step(request: Request, to: RequestStatus, day: datetime.date) -> None:
    request.transitions.create(from_status=request.status, to_status=to, at=moment_of(day, datetime.datetime.now(datetime.UTC)))
    Request.objects.filter(pk=request.pk).update(status=to)


def check_rows(scope: Scope) -> None:
    """Each figure is equal to the rows it opens, part by part."""
    for source in MINE:
        facts = source.read(scope)
        for each in source.definitions:
            assert each.rows is not None
            result = each.count(facts)
            if isinstance(result, Breakdown):
                for part in result.parts:
                    assert each.rows(scope, part.code).total() == part.value, (each.key, part.code)
                assert each.rows(scope, UNKNOWN).total() == result.unknown, each.key
            else:
                assert each.rows(scope, "").total() == result.value, each.key


@pytest.mark.django_db
def test_new_requests_are_those_with_a_file_and_those_for_which_advice_was_enough() -> None:
    for month in (2, 3, 4):
        FileFactory(request__received_on=on(month), request__reason=Reason.CONCERN, request__origin=Origin.EARLIER)
    for month in (5, 6):
        step(RequestFactory(received_on=on(month), reason=Reason.LOSS), RequestStatus.ADVICE_ONLY, on(month, 12))
    FileFactory(request__received_on=on(11, year=2024))
    FileFactory(request__received_on=on(3, year=2024), status="closed", closed_on=on(12, year=2024))
    values = counted()
    assert (values["mob_requests"], values["mob_files"], values["mob_phone"], values["mob_carried"]) == (5, 3, 2, 1)
    assert values["mob_status"] == {"file_opened": 3, "advice_only": 2}
    assert values["mob_reason"] == {"concern": 3, "loss": 2}
    assert values["mob_channel"] == {"earlier": 3}
    check_rows(YEAR)


@pytest.mark.django_db
def test_an_institution_is_counted_once_by_the_sector_it_had_and_each_of_its_services_apart() -> None:
    homeless, migration = SectorFactory(slug="homeless"), SectorFactory(slug="migration")
    organisation = OrganisationFactory(sector=homeless)
    RequestFactory(received_on=on(2), organisation=organisation)
    RequestFactory(received_on=on(3), organisation=organisation, sector=homeless)
    RequestFactory(received_on=on(4), organisation=organisation, service="Service Logement", sector=migration)
    for typed in ("Le Foyer", "ASBL Foyer"):
        RequestFactory(received_on=on(5), organisation_name=typed)
    RequestFactory(received_on=on(6), organisation_name="", sector=SectorFactory(slug="individual"))
    Organisation.objects.update(sector=migration)
    values = counted()
    assert values["mob_institutions"] == 3
    assert values["mob_sector"] == {"homeless": 1, "migration": 1, "individual": 1}
    check_rows(YEAR)


@pytest.mark.django_db
def test_what_came_later_changes_no_year_before() -> None:
    held = RequestFactory(pillar=Pillar.SUPERVISION, received_on=on(10))
    step(held, RequestStatus.ON_HOLD, on(11))
    dropped = RequestFactory(pillar=Pillar.SUPERVISION, received_on=on(9))
    step(dropped, RequestStatus.WITHDRAWN, on(10))
    FileFactory(request__pillar=Pillar.SUPERVISION, request__received_on=on(1))
    before = counted()
    assert [before[f"superv_{name}"] for name in ("requests", "started", "stopped", "hold")] == [3, 1, 1, 1]
    step(held, RequestStatus.DECLINED, on(2, year=2026))
    assert counted() == before


@pytest.mark.django_db
def test_pat_counts_teams_accompanied_what_it_took_and_meetings_of_each_supervised_team() -> None:
    prison = SectorFactory(slug="prison")
    hired = FileFactory(request__pillar=Pillar.PAT, request__received_on=on(1), request__sector=prison)
    for kind in (EventKind.WORKING_GROUP, EventKind.WORKING_GROUP, EventKind.INTRODUCTION, EventKind.HIRE, EventKind.CONTACT):
        FileEventFactory(file=hired, kind=kind, held_on=on(3))
    FileEventFactory(file=hired, kind=EventKind.HIRE, held_on=on(3, year=2026))
    ocmw = OrganisationFactory()
    for service, meetings in (("Logement", 2), ("Accueil", 1)):
        file = FileFactory(request__pillar=Pillar.PAT, request__received_on=on(2), request__organisation=ocmw, request__service=service)
        FileEventFactory.create_batch(meetings, file=file, kind=EventKind.SUPERVISION, held_on=on(5))
    values = counted()
    assert (values["pat_accompanied"], values["pat_supervised"], values["pat_hires_recorded"], values["pat_hires_year"]) == (1, 2, 1, 1)
    assert values["pat_sector"] == {"prison": 1}
    assert values["pat_work"] == {"wg": 2, "intro": 1}
    assert values["pat_superv"] == {f"o{ocmw.pk}-logement": 2, f"o{ocmw.pk}-accueil": 1}
    assert counted(Scope(Period.of_year(2026)))["pat_hires_recorded"] == 2
    check_rows(YEAR)


@pytest.mark.django_db
def test_what_a_figure_lacks_is_on_the_work_list_of_who_is_in_charge() -> None:
    FileFactory(request__received_on=on(3), next_step="Rappeler", next_step_on=on(4))
    RequestFactory(received_on=on(3), reason=Reason.PSY, sector=SectorFactory())
    source: Source = MINE[0]
    assert source.missing is not None
    with translation.override("en"):
        told = sorted(str(each.label) for each in source.missing(YEAR))
    assert told == [
        "next step overdue",
        "request without a reason",
        "request without a sector",
        "request without somebody in charge",
        "request without somebody in charge",
    ]


@pytest.mark.django_db
def test_the_number_of_queries_does_not_depend_on_the_rows() -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            counted()
        return len(captured)

    few = queries()
    for number in range(6):
        file = FileFactory(request__received_on=on(3), request__sector=SectorFactory(), request__pillar=list(Pillar)[number % 3])
        FileEventFactory(file=file, kind=EventKind.SUPERVISION)
        FileEventFactory(file=file, kind=EventKind.WORKING_GROUP)
    assert queries() <= few + 1  # names of teams are asked for once there is one
    assert few <= 12


ASKED = st.fixed_dictionaries(
    {
        "pillar": st.sampled_from(list(Pillar)),
        "status": st.sampled_from(list(RequestStatus)),
        "year": st.sampled_from([2024, 2025, 2026]),
        "team": st.sampled_from(["", "Le Foyer", "Foyer", "Maison"]),
        "service": st.sampled_from(["", "Logement"]),
        "sector": st.sampled_from(["", "homeless", "mental"]),
        "reason": st.sampled_from(["", *Reason.values]),
        "events": st.lists(st.sampled_from(list(EventKind)), max_size=3),
        "closed": st.sampled_from([None, 2024, 2025, 2026]),
    }
)


class AnyYear(TestCase):
    """Whatever was noted."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(asked=st.lists(ASKED, max_size=5))
    def test_a_figure_is_equal_to_the_rows_it_opens(self, asked: list[dict[str, Any]]) -> None:
        sectors = {slug: Sector.objects.filter(slug=slug).first() or SectorFactory(slug=slug) for slug in ("homeless", "mental")}
        for each in asked:
            request = RequestFactory(
                pillar=each["pillar"],
                received_on=on(6, year=each["year"]),
                organisation_name=each["team"],
                service=each["service"],
                sector=sectors.get(each["sector"]),
                reason=each["reason"],
            )
            step(request, each["status"], on(7, year=each["year"]))
            if each["status"] == RequestStatus.FILE_OPENED:
                closed = each["closed"] if each["closed"] and each["closed"] >= each["year"] else None
                over = {"status": "closed", "closed_on": on(9, year=closed)} if closed else {}
                file = FileFactory(request=request, **over)
                for kind in each["events"]:
                    FileEventFactory(file=file, kind=kind, held_on=on(8))
        check_rows(YEAR)
