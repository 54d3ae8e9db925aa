"""Blocks show figures of the store: the next report changes the page without touching its words."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from lxml import html as lxml_html
from wagtail.blocks import StructBlockValidationError
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from core.blocks.charts import Reading, parts
from core.blocks.data import ChartBlock, KeyFiguresBlock
from home.models import StandardPage
from tests.core.block_words import main_text
from tests.core.factories import FigureFactory, FigureValueFactory, UserFactory
from tests.home.factories import add_page

pytestmark = pytest.mark.django_db

KEY_FIGURES, CHART = KeyFiguresBlock(), ChartBlock()


def meetings(year: int = 2024, value: int = 2542, **given: Any) -> Any:
    """The meetings of a year."""
    figure = given.pop("figure", None) or FigureFactory(
        key="hf_meet_total", label_fr="Rencontres", label_nl="Ontmoetingen", unit="meetings"
    )
    return FigureValueFactory(figure=figure, year=year, value=value, **given).figure


def key_figures(*rows: dict[str, Any], **given: Any) -> Any:
    return KEY_FIGURES.to_python({"figures": list(rows)} | given)


def chart(*rows: dict[str, Any], **given: Any) -> Any:
    return CHART.to_python({"title": "Rencontres", "rows": list(rows)} | given)


def shown(value: Any) -> dict[str, Any]:
    """What the template is given."""
    with translation.override("fr"):
        return dict(value.block.get_context(value))


def refusal(value: Any) -> str:
    with translation.override("en"), pytest.raises(StructBlockValidationError) as refused:
        value.block.clean(value)
    return str(refused.value.as_json_data())


class TestKeyFigures:
    def test_value_year_and_source_are_those_of_the_store(self) -> None:
        meetings(is_approximate=True)
        context = shown(key_figures({"figure": "hf_meet_total"}))
        assert context["figures"] == [Reading("Rencontres", Decimal(2542), "", is_approximate=True)]
        assert (context["year"], context["source"]) == (2024, "Rapport d’activités 2024")

    def test_the_next_report_replaces_the_last(self) -> None:
        value = key_figures({"figure": "hf_meet_total", "label": "visites et réunions"})
        figure = meetings()
        meetings(year=2025, value=2600, figure=figure)
        context = shown(value)
        assert context["figures"] == [Reading("visites et réunions", Decimal(2600))]
        assert (context["year"], context["source"]) == (2025, "Rapport d’activités 2025")
        assert shown(key_figures({"figure": "hf_meet_total"}, year=2024))["figures"][0].value == 2542

    def test_no_two_years_are_compared(self) -> None:
        """The latest year that all the figures of the block have."""
        meetings(year=2025, value=2600, figure=meetings())
        FigureValueFactory(figure__key="hf_persons", value=87)
        context = shown(key_figures({"figure": "hf_meet_total"}, {"figure": "hf_persons"}))
        assert [each.value for each in context["figures"]] == [2542, 87]
        assert context["year"] == 2024

    def test_a_percentage_has_its_sign(self) -> None:
        FigureValueFactory(figure__key="hf_keep", figure__unit="%", value=90)
        assert shown(key_figures({"figure": "hf_keep"}))["figures"][0].unit == "%"

    def test_a_figure_may_be_typed_with_year_and_source_of_its_own(self) -> None:
        typed = {"value": "12.5", "unit": "%", "label": "des visites"}
        context = shown(key_figures(typed, year=2023, source="Une étude"))
        assert context["figures"] == [Reading("des visites", Decimal("12.5"), "%")]
        assert (context["year"], context["source"]) == (2023, "Une étude")

    def test_labels_and_sources_are_in_the_readers_language(self) -> None:
        meetings()
        with translation.override("nl"):
            context = KEY_FIGURES.get_context(key_figures({"figure": "hf_meet_total"}))
        assert context["figures"][0].label == "Ontmoetingen"
        assert context["source"] == "Jaarverslag 2024"

    def test_a_figure_that_is_gone_leaves_the_others(self) -> None:
        meetings()
        assert len(shown(key_figures({"figure": "hf_meet_total"}, {"figure": "gone"}))["figures"]) == 1


class TestWhatAnEditorMayNotSave:
    def test_a_figure_nobody_knows(self) -> None:
        assert "No figure of the report is called “hf_dreamt”" in refusal(key_figures({"figure": "hf_dreamt"}))

    def test_a_year_the_figure_does_not_have(self) -> None:
        meetings()
        assert "“hf_meet_total” has no value in 2031" in refusal(key_figures({"figure": "hf_meet_total"}, year=2031))

    @pytest.mark.parametrize("row", [{}, {"figure": "hf_meet_total", "value": "3"}], ids=["neither", "both"])
    def test_neither_a_figure_nor_a_value_or_both(self, row: dict[str, Any]) -> None:
        meetings()
        assert "one of the two" in refusal(key_figures(row))

    def test_a_typed_value_without_a_label_or_without_year_and_source(self) -> None:
        assert "Say what this value counts" in refusal(key_figures({"value": "3"}, year=2024, source="Une étude"))
        assert refusal(key_figures({"value": "3", "label": "trois"})).count("Say it of the values you typed") == 2

    def test_a_chart_of_one_figure_or_of_columns_that_do_not_fit(self) -> None:
        meetings()
        assert "at least two" in refusal(chart({"figure": "hf_meet_total"}))
        assert "at least two" in refusal(chart({"figure": "hf_meet_total"}, kind="years"))
        many = [{"value": str(number), "label": str(number)} for number in range(9)]
        assert "More than 8 columns" in refusal(chart(*many, kind="years", year=2024, source="Une étude"))


class TestCharts:
    def test_bars_are_measured_by_the_largest(self) -> None:
        rows = ({"value": "4", "label": "A"}, {"value": "1", "label": "B"})
        bars = shown(chart(*rows, year=2024, source="Une étude"))["bars"]
        assert [(bar.label, bar.share) for bar in bars] == [("A", "100.00"), ("B", "25.00")]

    def test_parts_follow_one_another_and_fill_the_whole(self) -> None:
        """Percentages of a report do not always make 100."""
        drawn = parts([Reading("A", Decimal(60)), Reading("B", Decimal(30)), Reading("C", Decimal(9))])
        assert [bar.start for bar in drawn] == ["0.00", "60.61", "90.91"]
        assert sum(Decimal(bar.share) for bar in drawn) == 100
        assert drawn[0].middle == "30.30"

    def test_one_figure_over_years_is_a_column_a_year(self) -> None:
        meetings(year=2025, value=2600, figure=meetings())
        context = shown(chart({"figure": "hf_meet_total"}, kind="years"))
        assert [(bar.label, bar.value) for bar in context["bars"]] == [("2024", 2542), ("2025", 2600)]
        assert context["year"] is None

    @pytest.mark.parametrize("kind", ["bars", "share", "years"])
    def test_every_chart_is_a_table_with_all_its_figures(self, kind: str) -> None:
        """A drawing is for those who see it; the table says it to everybody."""
        rows = ({"value": "1234.5", "label": "Logement"}, {"value": "20", "label": "Santé"})
        value = chart(*rows, kind=kind, unit="euros", year=2024, source="Une étude")
        with translation.override("fr"):
            drawn = lxml_html.fromstring(str(CHART.render(value)))
        (table,) = drawn.iter("table")
        words = " ".join(table.text_content().split())
        assert "Rencontres (euros)" in words
        assert all(each in words for each in ("Logement", "1 234,5", "Santé", "20"))
        assert len(table.findall(".//th[@scope]")) == 2
        drawings = list(drawn.iter("svg"))
        assert drawings
        assert {each.get("aria-hidden") for each in drawings} == {"true"}

    def test_nothing_of_a_drawing_is_an_inline_style(self) -> None:
        """The policy of public pages refuses it, in silence."""
        for kind in ("bars", "share", "years"):
            value = chart({"value": "2", "label": "A"}, {"value": "1", "label": "B"}, kind=kind, year=2024, source="Une étude")
            assert "style=" not in str(CHART.render(value))


class TestPages:
    def test_a_page_reads_all_its_figures_with_one_query(self, client: Client) -> None:
        keys = [FigureValueFactory().figure.key for _number in range(8)]
        blocks = [("key_figures", {"figures": [{"figure": key}]}) for key in keys]
        blocks += [("chart", {"title": "Barres", "kind": "share", "rows": [{"figure": key} for key in keys]})] * 4
        with_figures = add_page(StandardPage(title="Des chiffres", body=blocks))
        without = add_page(StandardPage(title="Des mots", body=[("heading", "Des mots")]))
        for page in (with_figures, without):
            client.get(page.url)
        costs = []
        for page in (with_figures, without):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page.url).status_code == 200
            costs.append(len(captured))
        assert costs[0] == costs[1] + 1

    def test_words_are_translated_and_keys_are_not(self) -> None:
        """A key is the same in every language; the store has the labels nobody typed."""
        meetings()
        rows = [{"figure": "hf_meet_total", "label": "visites et réunions"}, {"figure": "hf_meet_total"}]
        blocks = [
            ("key_figures", {"figures": rows}),
            ("chart", {"title": "Deux années", "kind": "share", "unit": "rencontres", "rows": rows}),
        ]
        page = add_page(StandardPage(title="Des chiffres", body=blocks))
        found = extract_segments(StandardPage.objects.get(pk=page.pk))
        words = [each.string.data for each in found if isinstance(each, StringSegmentValue) and each.path.startswith("body")]
        assert words == ["visites et réunions", "Deux années", "rencontres", "visites et réunions"]

    def test_an_editor_reads_the_label_beside_the_key(self, client: Client) -> None:
        meetings()
        page = add_page(StandardPage(title="Des chiffres", body=[("key_figures", {"figures": [{"figure": "hf_meet_total"}]})]))
        client.force_login(UserFactory(is_superuser=True))
        form = client.get(f"/admin/pages/{page.pk}/edit/", headers={"accept-language": "fr"}).content.decode()
        assert "Rencontres [hf_meet_total]" in form

    def test_what_an_editor_chooses_is_kept_as_its_key(self) -> None:
        """The browser sends what it offered."""
        row = KEY_FIGURES.child_blocks["figures"].child_block.child_blocks["figure"]
        assert row.value_from_form("Rencontres [hf_meet_total]") == "hf_meet_total"
        assert row.value_from_form(" hf_meet_total ") == "hf_meet_total"

    def test_about_is_said_before_a_number_that_is_about(self, client: Client) -> None:
        meetings(is_approximate=True)
        page = add_page(StandardPage(title="Des chiffres", body=[("key_figures", {"figures": [{"figure": "hf_meet_total"}]})]))
        assert "environ 2 542" in main_text(client.get(page.url).content.decode())
