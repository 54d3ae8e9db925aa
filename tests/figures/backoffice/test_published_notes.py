"""What was published of a year and contradicts itself says so beside what is counted."""

import pytest
from django.test import Client

from tests.core.factories import FigureFactory, FigureValueFactory, SectorFactory, UserFactory
from tests.core.people import browser_of
from tests.figures.asking import ask
from tests.html import texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("source")]


@pytest.fixture
def reader() -> Client:
    return browser_of(UserFactory(is_superuser=True))


@pytest.mark.parametrize(("key", "figure"), [("test_requests", "test_requests"), ("test_sector_pct_homeless", "test_sector")])
def test_a_note_of_the_store_stands_beside_the_figure_or_its_share(reader: Client, key: str, figure: str) -> None:
    ask(7, sector=SectorFactory(slug="homeless"))
    published = FigureFactory(key=key, label_en="As printed")
    FigureValueFactory(figure=published, year=2024, value=14, note="5 of 34 are 14.7 %.")
    FigureValueFactory(figure=published, year=2023, value=13, note="Of another year.")
    notes = texts(reader.get("/admin/report/?year=2024").content.decode(), f"#{figure} .smes-figures__counts")
    assert notes[1:] == ["As published, “As printed”: 14. 5 of 34 are 14.7 %."]


def test_a_value_without_a_note_is_not_repeated(reader: Client) -> None:
    ask(7, sector=None)
    FigureValueFactory(figure=FigureFactory(key="test_requests"), year=2024)
    assert "As published" not in reader.get("/admin/report/?year=2024").content.decode()
