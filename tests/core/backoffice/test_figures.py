"""The communication officer keeps the figures; whoever has no right to them sees none."""

import io

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from core.figures.importing import import_figures
from core.figures.reading import read_figures_file
from core.models import Figure, FigureValue
from tests.core.factories import FigureFactory, FigureValueFactory, UserFactory
from tests.versions import Tab

pytestmark = pytest.mark.django_db

LISTING = reverse("core_figures:index")


def member_of(group: str) -> Client:
    user = UserFactory()
    user.groups.add(Group.objects.get(name=group))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def officer() -> Client:
    return member_of("Communication officer")


def test_the_listing_shows_the_latest_value(officer: Client) -> None:
    figure = FigureFactory(key="fund_total", label_en="All income", unit="EUR", programme="", section="Financiering")
    FigureValueFactory(figure=figure, year=2023, value=1)
    FigureValueFactory(figure=figure, year=2024, value="2190714.27")
    page = officer.get(LISTING).content.decode()
    assert "All income" in page
    assert "2,190,714.27 €" in page
    assert "2024" in page


def test_a_figure_is_found_by_a_word_of_its_label(officer: Client) -> None:
    FigureFactory(label_en="Women in emergency shelters", label_fr="Femmes en accueil d’urgence")
    FigureFactory(label_en="Men", label_fr="Hommes")
    page = officer.get(LISTING, {"q": "urgence"}).content.decode()
    assert "Women in emergency shelters" in page
    assert ">Men<" not in page


def test_the_value_of_a_year_is_corrected_in_the_form(officer: Client) -> None:
    value = FigureValueFactory(figure__unit="meetings", value=2541)
    tab = Tab(officer, reverse("core_figures:edit", args=[value.figure.pk]))
    tab.save(**{"values-0-value": "2542"})
    value.refresh_from_db()
    assert value.value == 2542


def test_the_officer_deletes_no_figure_that_pages_may_name(officer: Client) -> None:
    figure = FigureFactory()
    assert officer.post(reverse("core_figures:delete", args=[figure.pk])).status_code in {302, 403}
    assert Figure.objects.filter(pk=figure.pk).exists()


def test_somebody_without_the_right_sees_none(db: None) -> None:
    assert member_of("Trainer").get(LISTING).status_code in {302, 403}


def test_the_export_of_a_year_is_the_file_of_the_next(officer: Client) -> None:
    """The officer fills in the new values; the words are there."""
    value = FigureValueFactory(figure__key="hf_persons", value=87)
    book = load_workbook(io.BytesIO(b"".join(officer.get(LISTING, {"export": "xlsx"}).streaming_content)))  # type: ignore[arg-type]
    headings = [cell.value for cell in book.active[1]]
    book.active.cell(2, headings.index("year") + 1).value = 2025
    book.active.cell(2, headings.index("value") + 1).value = 95
    filled = io.BytesIO()
    book.save(filled)
    import_figures(rows=read_figures_file(filled.getvalue()))
    assert dict(FigureValue.objects.filter(figure=value.figure).values_list("year", "value")) == {2024: 87, 2025: 95}
