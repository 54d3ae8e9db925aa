"""The report on a screen: who sees which programme, the year before, and the rows of each number."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Organisation
from tests.core.factories import SectorFactory
from tests.core.people import browser_of, member, verified_browser_of
from tests.figures.asking import ask
from tests.html import texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("source")]
REPORT = "/admin/report/?year=2024"
ROWS = reverse("figures_backoffice:rows", args=[2024, "test_sector"])


def numbers(page: str, figure: str) -> dict[str, list[str]]:
    """What stands in each line of a figure."""
    heads, cells = texts(page, f"#{figure} tbody th"), texts(page, f"#{figure} tbody td")
    width = len(cells) // len(heads)
    return {head: cells[number * width : (number + 1) * width] for number, head in enumerate(heads)}


def test_direction_reads_every_figure_beside_the_year_before(direction: Client) -> None:
    sector = SectorFactory(slug="homeless", name_en="Homelessness")
    ask(7, sector=sector)
    ask(2, sector=None)
    ask(4, sector=sector, year=2023)
    page = direction.get(REPORT).content.decode()
    assert numbers(page, "test_requests") == {"Value": ["9", "4"]}
    assert numbers(page, "test_sector") == {
        "Homelessness": ["7", "100%", "4"],
        "Together": ["7", "100%", "4"],
        "Not known": ["2", "–", "0"],
    }
    assert "Known: 7; not known: 2." in page
    assert texts(page, ".smes-jump a") == ["General introduction", "Mobile team"]


def test_the_number_of_queries_does_not_depend_on_the_rows(direction: Client) -> None:
    sector = SectorFactory()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            direction.get(REPORT)
        return len(captured)

    ask(1, sector=sector)
    queries()
    few = queries()
    ask(20, sector=sector)
    ask(20, sector=None, year=2023)
    assert queries() == few


def test_a_number_opens_its_rows_and_is_their_number(direction: Client) -> None:
    """Direction may see organisations here; of the part that nobody knows as well."""
    boss = verified_browser_of(member("Direction", "Map"))
    sector = SectorFactory(slug="homeless")
    [first, *_others] = ask(55, sector=sector)
    ask(2, sector=None)
    assert f'{ROWS}?part=homeless"' in boss.get(REPORT).content.decode()
    page = boss.get(f"{ROWS}?part=homeless").content.decode()
    assert "Counted: 55." in page
    assert len(texts(page, "tbody tr")) == 50
    assert "Page 1 of 2" in page
    assert first.name_fr in page + boss.get(f"{ROWS}?part=homeless&p=2").content.decode()
    assert "Counted: 2." in boss.get(f"{ROWS}?part=").content.decode()


def test_rows_ask_for_their_own_right(direction: Client) -> None:
    """The report counts organisations; who may not see them reads the number without a way to them."""
    ask(6, sector=SectorFactory(slug="homeless"))
    assert ROWS not in direction.get(REPORT).content.decode()
    assert direction.get(f"{ROWS}?part=homeless").status_code == 302
    assert Organisation.objects.count() == 6


def test_a_coordinator_sees_the_programme_she_runs(coordinator: Client) -> None:
    ask(6, sector=None)
    ask(3, sector=None, programmes="connect")
    page = coordinator.get(f"{REPORT}&programme=connect&programme=support").content.decode()
    assert numbers(page, "test_unique") == {"Value": ["6", "0"]}, "Connect is not hers to ask"
    assert "Housing First" not in " ".join(texts(page, "form"))


@pytest.mark.parametrize("year", ["31987", "x", "0"])
def test_a_year_nobody_reports_on_is_said_so(direction: Client, year: str) -> None:
    page = direction.get(f"/admin/report/?year={year}")
    assert page.status_code == 200
    assert texts(page.content.decode(), "[role=alert]")


@pytest.mark.parametrize("path", ["2024/no_such_key/rows/", "31987/test_sector/rows/"], ids=["key", "year"])
def test_what_is_not_counted_is_not_found(direction: Client, path: str) -> None:
    assert direction.get(f"/admin/report/{path}", follow=True).status_code == 404


def test_others_are_refused() -> None:
    assert browser_of(member("Trainer")).get(REPORT).status_code == 302
