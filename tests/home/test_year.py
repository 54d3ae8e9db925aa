"""The page that tells a year to those who fund the work."""

import re
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from core.models import FigureValue
from home.models import ProgrammePage, YearPage
from tests.core.block_words import main_text
from tests.home.factories import add_page, home_of
from tests.home.years import make_year, parts, rows, store

pytestmark = pytest.mark.django_db
BAR = 12  # as tests/crawl/test_query_counts.py


def page_of(client: Client, page: YearPage) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def headings(page: str) -> list[tuple[int, str]]:
    """Shape: [(level, words)], in the order of the main part."""
    [main] = html.document_fromstring(page).iter("main")
    found = [each for each in main.iter() if re.fullmatch("h[1-6]", str(each.tag))]
    return [(int(each.tag[1]), " ".join(each.text_content().split())) for each in found]


class TestThePage:
    def test_a_funder_reads_what_was_done_what_comes_next_and_where_the_figures_come_from(self, client: Client) -> None:
        store()
        found = headings(page_of(client, make_year()))
        assert [words for level, words in found if level == 2 and words != "Sur cette page"] == [
            "Housing First fr",
            "Histoires de l’année",
            "Ce qui vient",
            "Qui l’a rendu possible",
            "D’où viennent ces chiffres",
            "Tous les chiffres de l’année",
        ]
        levels = [level for level, _words in found]
        assert all(below - above <= 1 for above, below in pairwise(levels)), "no level is skipped"

    def test_a_part_without_words_leaves_no_empty_heading(self, client: Client) -> None:
        page = make_year(stories=[], funding=[])
        shown = [words for _level, words in headings(page_of(client, page))]
        assert "Histoires de l’année" not in shown
        assert "Qui l’a rendu possible" not in shown

    def test_it_leads_to_the_same_words_as_a_pdf(self, client: Client) -> None:
        page = make_year("nl")
        [link] = [each for each in html.document_fromstring(page_of(client, page)).iter("a") if each.get("type") == "application/pdf"]
        assert link.get("href") == f"{page.url}pdf/"
        assert link.text_content().strip() == "Downloaden als pdf"

    def test_all_the_figures_wait_in_a_fold_that_says_how_many_there_are(self, client: Client) -> None:
        store()
        [fold] = html.document_fromstring(page_of(client, make_year())).iter("details")
        assert fold.get("open") is None
        assert " ".join(fold.find("summary").text_content().split()) == "Tout fr 2 chiffres"
        [table] = fold.iter("table")
        assert [[" ".join(cell.text_content().split()) for cell in row] for row in table.iter("tr")] == [
            ["rencontres au total", "2\N{NO-BREAK SPACE}542".replace("\N{NO-BREAK SPACE}", " ")],
            ["Recettes", "1 493 200,5 €"],
        ]


class TestFiguresOfTheYear:
    def test_a_corrected_figure_shows_without_touching_the_words(self, client: Client) -> None:
        store()
        page = make_year()
        FigureValue.objects.filter(figure__key="meetings").update(value=2600)
        assert "2 600" in main_text(page_of(client, page)).replace("\N{NO-BREAK SPACE}", " ")

    def test_next_years_copy_shows_next_years_figures_and_this_year_keeps_its_own(self, client: Client) -> None:
        store(2024)
        store(2025, meetings=3001)
        before, after = make_year(), make_year(year=2025, title="L’année 2025")
        assert "2 542" in main_text(page_of(client, before)).replace("\N{NO-BREAK SPACE}", " ")
        shown = main_text(page_of(client, after)).replace("\N{NO-BREAK SPACE}", " ")
        assert "3 001" in shown
        assert "2 542" not in shown
        assert "Rapport 2025" in shown

    def test_a_figure_that_is_not_known_of_the_year_is_left_out(self, client: Client) -> None:
        store(2025)
        tables = {"title": "Tout", "tables": [{"title": "Vide", "unit": "", "rows": rows("meetings"), "year": None, "source": ""}]}
        shown = main_text(page_of(client, make_year(tables=[("tables", tables)])))
        assert "Vide" not in shown
        assert "0 chiffre" in shown


class TestTheWayThere:
    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_home_and_programmes_lead_to_the_latest_year_in_their_language(self, client: Client, language: str) -> None:
        store()
        old = make_year(language, year=2023, title="2023")
        new = make_year(language)
        figures: Any = {"figures": rows("meetings"), "year": None, "source": ""}
        home = home_of(language)
        home.key_figures = [("key_figures", figures)]
        home.save_revision().publish()
        programme = add_page(ProgrammePage(title="Support", programme="support"), home_of(language))
        for address in (home.url, programme.url):
            shown = main_part(client, address)
            assert f'href="{new.url}"' in shown
            assert f'href="{old.url}"' not in shown

    def test_without_a_year_there_is_no_door(self, client: Client) -> None:
        programme = add_page(ProgrammePage(title="Support", programme="support"))
        assert 'class="more"' not in main_part(client, programme.url)


def main_part(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_many_figures_cost_no_more_queries_than_few(client: Client) -> None:
    counts = []
    for number, language in ((2, "fr"), (60, "nl")):
        keys = [f"figure-{language}-{each}" for each in range(number)]
        store(2020 + number % 10 + (language == "nl"), **dict.fromkeys(keys, 7))
        year = 2020 + number % 10 + (language == "nl")
        table = {"title": "Tout", "unit": "", "rows": rows(*keys), "year": None, "source": ""}
        told = parts(language) | {"tables": [("tables", {"title": "Tout", "tables": [table] * 4})]}
        page = make_year(language, **told, year=year)
        client.get(page.url)  # root paths and content types are kept by the process
        with CaptureQueriesContext(connection) as captured:
            assert "Tout" in page_of(client, page)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[0] <= BAR
