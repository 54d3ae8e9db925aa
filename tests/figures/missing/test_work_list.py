"""What is missing for the figures of a year: who sees which gap, what repairs it, and how the reader comes back."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db.models import Count as Number
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core.backoffice.way_back import with_way_back
from core.figures import definitions
from core.figures.definitions import Count, Definition, MissingFact, Rows, Source
from core.figures.period import Period, Scope
from core.figures.questions import Questions, in_total
from core.models import FigureUnit, Programme, User
from tests.core.factories import OrganisationFactory, SectorFactory, UserFactory
from tests.core.people import browser_of, member
from tests.html import texts
from tests.trainings.factories import EnrolmentFactory, SessionFactory
from trainings.models import Enrolment

pytestmark = pytest.mark.django_db

LIST = "/admin/missing-data/"
SECTOR = "/admin/missing-data/sector/"
KNOWN = Enrolment.objects.exclude(sector=None)


def count_known(facts: int) -> Count:
    """People whose sector is known."""
    return Count(facts, known=facts)


def unknown(scope: Scope) -> Iterator[MissingFact]:
    rows = Enrolment.objects.filter(sector=None, session__meetings__starts_at__range=(scope.period.begins, scope.period.ends))
    for row in rows.order_by("pk"):
        url = reverse("trainings_backoffice:change_enrolment", args=[row.pk])
        person = IN_CHARGE.get(row.organisation_name)
        yield MissingFact(label="Sector unknown", person_id=person, row=row, url=url, figures=("known",))


IN_CHARGE: dict[str, int] = {}
FIGURE = Definition(
    key="known",
    programme=Programme.SUPPORT,
    section="support-trainings",
    unit=FigureUnit.PERSONS,
    label="People of a known sector",
    counts="Enrolments whose sector is known.",
    count=count_known,
    rows=lambda scope, code: Rows(queryset=KNOWN, columns=(), permission="trainings.view_participant"),
)


def ask(scope: Scope) -> Questions[int]:
    [found] = yield in_total(KNOWN, number=Number("pk"))
    return int(found["number"])


SOURCE = Source(name="tests", ask=ask, definitions=(FIGURE,), missing=unknown, missing_permission="trainings.change_enrolment")


@pytest.fixture(autouse=True)
def source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definitions, "_registered", {"tests": SOURCE})
    monkeypatch.setattr(f"{__name__}.IN_CHARGE", {})


@pytest.fixture
def user() -> User:
    return member("Coordinator")


@pytest.fixture
def coordinator(user: User) -> Client:
    return browser_of(user)


def enrol(*typed: str, year: int = 2026) -> list[Enrolment]:
    session = SessionFactory(first_meeting_at=datetime.datetime(year, 3, 3, 9, tzinfo=datetime.UTC))
    return [EnrolmentFactory(session=session, organisation_name=name) for name in typed]


def read(client: Client, **asked: Any) -> BeautifulSoup:
    answer = client.get(LIST, {"year": 2026} | asked)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def gaps(soup: BeautifulSoup) -> list[str]:
    return texts(str(soup), "section:has(> h2[id^=kind-]) tbody td.title")


def test_a_kind_of_gap_says_how_many_and_which_figures_lose_by_it(coordinator: Client) -> None:
    first, second = enrol("Atelier", "Ailleurs")
    soup = read(coordinator)
    assert "Sector unknown (2)" in soup.get_text()
    assert "People of a known sector" in soup.get_text()
    assert gaps(soup) == [str(first), str(second)]
    assert gaps(read(coordinator, year=2025)) == []
    assert "Nothing is missing" in read(coordinator, year=2025).get_text()


def test_each_person_in_charge_finds_what_waits_for_her(coordinator: Client, user: User) -> None:
    mine, hers, nobodys = enrol("Atelier", "Ailleurs", "Maison")
    colleague = UserFactory(first_name="Lou", last_name="Exemple")
    IN_CHARGE.update({"Atelier": user.pk, "Ailleurs": colleague.pk})
    choices = {option["value"]: option.get_text() for option in read(coordinator).select("#asked-person option")}
    assert choices == {"all": "Everybody (3)", "me": "Me (1)", "nobody": "Nobody (1)", str(colleague.pk): "Lou Exemple (1)"}
    assert [gaps(read(coordinator, person=each)) for each in ("me", str(colleague.pk), "nobody")] == [
        [str(mine)],
        [str(hers)],
        [str(nobodys)],
    ]
    assert len(gaps(read(coordinator, figure="known"))) == 3
    assert gaps(read(coordinator, figure="another")) == []
    assert len(gaps(read(coordinator, person="x" * 99, figure="\x00"))) == 3, "nonsense is as if nothing was asked"


def test_one_click_leads_to_the_repair_and_saving_leads_back(coordinator: Client) -> None:
    enrol("Atelier")
    sector = SectorFactory()
    link = str(read(coordinator, person="all").select_one("section:has(> h2[id^=kind-]) td.title a")["href"])  # type: ignore[index]
    form = coordinator.get(link)
    assert form.status_code == 200
    assert "Back to the list" in form.content.decode()
    page = BeautifulSoup(form.content, "html.parser")
    answers = {each["name"]: each.get("value", "") for each in page.select("#main form input[name], main form input[name]")}
    answer = coordinator.post(link, answers | {"sector": sector.pk, "language": "fr"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{LIST}?year=2026")
    assert gaps(read(coordinator)) == []


def test_the_way_back_never_leads_to_another_site(coordinator: Client) -> None:
    (row,) = enrol("Atelier")
    url = reverse("trainings_backoffice:change_enrolment", args=[row.pk])
    answer = coordinator.get(with_way_back(url, "https://elsewhere.example.org/"))
    assert "elsewhere" not in answer.content.decode()


def test_a_form_of_a_row_leads_back_too(coordinator: Client) -> None:
    house = OrganisationFactory(name_fr="Maison d’exemple")
    url = with_way_back(reverse("core_organisations:edit", args=[house.pk]), LIST)
    page = BeautifulSoup(coordinator.get(url).content, "html.parser")
    form = page.select_one("form[data-edit-form]")
    assert form is not None
    answers = {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name]:not([type=checkbox])")}
    answer = coordinator.post(str(form["action"]), answers | {"name_fr": "Maison d’exemples", "roles": "[]"})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    house.refresh_from_db()
    assert house.name_fr == "Maison d’exemples"


def test_the_sector_of_an_organisation_is_written_on_the_list_and_counted_at_once(coordinator: Client) -> None:
    enrol("L’Atelier", "atelier asbl", "Ailleurs")
    sector = SectorFactory(slug="homeless")
    row = read(coordinator).select_one("section[aria-labelledby=sectors] tbody tr")
    assert row is not None
    fields = {str(each["name"]): str(each["value"]) for each in row.select("input[name]:not([name=csrfmiddlewaretoken])")}
    answer = coordinator.post(SECTOR, fields | {"sector": sector.pk}, follow=True)
    assert "The sector of 2 people is known now." in answer.content.decode()
    assert FIGURE.count(SOURCE.read(Scope(Period.of_year(2026)))).value == 2  # type: ignore[union-attr]
    logged = ModelLogEntry.objects.filter(action="trainings.state_sector")
    assert sorted(each.label for each in logged) == sorted(Enrolment.objects.exclude(sector=None).values_list("reference", flat=True))
    assert {each.data["sector"] for each in logged} == {"homeless"}
    assert len(gaps(read(coordinator))) == 1


def test_without_a_sector_nothing_is_written(coordinator: Client) -> None:
    enrol("Atelier")
    answer = coordinator.post(SECTOR, {"year": 2026, "key": "atelier", "sector": "9999"}, follow=True)
    assert "nothing was written" in answer.content.decode()
    assert Enrolment.objects.filter(sector=None).count() == 1


@pytest.mark.parametrize("group", ["Trainer", "Communication officer", "Accounts", "Map"])
def test_who_may_not_repair_sees_nothing(group: str) -> None:
    enrol("Atelier")
    client = browser_of(member(group))
    assert client.get(LIST).status_code != 200
    assert client.post(SECTOR, {"year": 2026, "key": "atelier", "sector": SectorFactory().pk}).status_code != 200
    assert Enrolment.objects.filter(sector=None).count() == 1


@pytest.mark.control
def test_a_source_without_a_right_would_show_its_gaps_to_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: who may open the list is asked source by source; with the question gone a trainer reads names."""
    enrol("Atelier")
    monkeypatch.setattr("figures.missing.work_list.sources_for", lambda user: [SOURCE])
    assert len(gaps(read(browser_of(member("Trainer"))))) == 1


def test_much_missing_costs_no_more_queries(coordinator: Client, django_assert_max_num_queries: Any) -> None:
    enrol(*(f"Atelier {number}" for number in range(60)))
    with django_assert_max_num_queries(25) as few:
        soup = read(coordinator)
    assert len(gaps(soup)) == 50
    assert "10 more follow" in soup.get_text()
    count = len(few)
    enrol(*(f"Maison {number}" for number in range(60)))
    with django_assert_max_num_queries(count):
        read(coordinator)


@pytest.mark.parametrize(("language", "words"), [("fr", "Données manquantes"), ("nl", "Ontbrekende gegevens")])
def test_it_is_read_in_the_languages_of_colleagues(user: User, language: str, words: str) -> None:
    client = browser_of(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    assert words in client.get(LIST, headers={"accept-language": language}).content.decode()
