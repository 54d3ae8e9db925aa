"""Searching the site: every kind of page, in the reader's language, whatever the accents and endings."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from core.text.comparison import search_terms
from home.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage, ProgrammePage, StandardPage
from tests.cartography.factories import PlaceFactory
from tests.core.factories import SearchSynonymsFactory, ThemeFactory
from tests.home.factories import add_page, add_pages, home_of
from tests.html import text, texts
from tests.trainings.factories import ModuleFactory, make_sheets

pytestmark = pytest.mark.django_db

ADDRESSES = {"fr": "/fr/recherche/", "nl": "/nl/zoeken/", "en": "/en/search/"}


def found(client: Client, language: str, words: str) -> list[str]:
    call_command("update_index", verbosity=0)
    html = client.get(ADDRESSES[language], {"q": words}).content.decode()
    return re.findall(r'class="result-list__title"><a href="[^"]+">([^<]+)</a>', html)


@pytest.fixture
def three() -> dict[str, StandardPage]:
    return add_pages(
        StandardPage,
        fr="La précarité et les équipes mobiles",
        nl="Een opleiding over waanideeën",
        en="Supporting teams through difficult housing situations",
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "précarité"),
        ("fr", "precarite"),
        ("fr", "PRÉCARITÉS"),
        ("fr", "equipe mobile"),
        ("nl", "opleidingen"),
        ("nl", "waanideeen"),
        ("nl", "WAANIDEEËN"),
        ("en", "team"),
        ("en", "supported house"),
        ("en", "situation"),
    ],
)
def test_accents_capitals_and_endings_are_forgiven_in_each_language(
    client: Client, three: dict[str, StandardPage], language: str, words: str
) -> None:
    assert found(client, language, words) == [three[language].title]


@pytest.mark.parametrize(("language", "words"), [("nl", "précarité"), ("fr", "opleiding"), ("fr", "housing")])
def test_pages_of_another_language_are_not_found(client: Client, three: dict[str, StandardPage], language: str, words: str) -> None:
    assert found(client, language, words) == []


def test_all_the_words_must_be_there(client: Client, three: dict[str, StandardPage]) -> None:
    assert found(client, "fr", "précarité mobiles")
    assert found(client, "fr", "précarité trottinette") == []


def test_pages_of_every_kind_are_found_by_their_words(client: Client) -> None:
    body = [("text", "<p>Un mot rare : zibeline.</p>")]
    programme = ProgrammePage(title="Un programme", programme="connect")
    standard = StandardPage(title="Une page")
    news = NewsPage(title="Une nouvelle", date=datetime.date(2026, 3, 1))
    moment = datetime.datetime(2027, 1, 1, 9, tzinfo=datetime.UTC)
    event = EventPage(title="Un événement", starts_at=moment, ends_at=moment + datetime.timedelta(hours=1), place="Salle Zibeline")
    for page in (programme, standard, news):
        page.body = body  # type: ignore[attr-defined]
    add_page(programme)
    add_page(standard)
    add_page(news, add_page(NewsIndexPage(title="Actualités")))
    add_page(event, add_page(EventIndexPage(title="Agenda")))
    make_sheets(ModuleFactory(), fr="La zibeline en institution")
    titles = {"Un programme", "Une page", "Une nouvelle", "Un événement", "La zibeline en institution"}
    assert set(found(client, "fr", "zibelines")) == titles


def test_drafts_and_private_pages_are_never_found(client: Client) -> None:
    add_page(StandardPage(title="Zibeline en préparation", live=False))
    add_page(StandardPage(title="Zibeline interne")).view_restrictions.create(restriction_type="login")
    assert found(client, "fr", "zibeline") == []


def test_the_page_says_how_many_and_where_to_go_when_there_are_none(client: Client, three: dict[str, StandardPage]) -> None:
    call_command("update_index", verbosity=0)
    one = client.get(ADDRESSES["en"], {"q": "housing"}).content.decode()
    assert "1 page found for “housing”" in one
    none = client.get(ADDRESSES["en"], {"q": "xylophone"}).content.decode()
    assert 'class="empty-state"' in none
    assert none.count("No result for “xylophone”") == 1
    assert "0 pages found" not in none
    assert "Type one or more words" in client.get(ADDRESSES["en"]).content.decode(), "an empty search says what is searched"
    assert 'value="xylophone"' in none


def test_results_come_twenty_a_page(client: Client) -> None:
    for number in range(22):
        add_page(StandardPage(title=f"Zibeline {number}"))
    call_command("update_index", verbosity=0)
    pages = [client.get(ADDRESSES["fr"], {"q": "zibeline", "page": number}).content.decode() for number in (1, 2)]
    assert [len(texts(html, ".result-list__title")) for html in pages] == [20, 2]
    assert "page=2" in pages[0]
    assert "q=zibeline" in pages[0]


@pytest.mark.parametrize("words", ["", " ", "\x00", "'", '"', "((", "a:b & !c", "\\", "é" * 5000, "%", "<script>alert(1)</script>", "🦦"])
def test_strange_words_find_nothing_and_do_no_harm(client: Client, three: dict[str, StandardPage], words: str) -> None:
    response = client.get(ADDRESSES["fr"], {"q": words})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_a_summary_stands_below_each_title(client: Client) -> None:
    add_page(StandardPage(title="Zibeline", search_description="Ce que la page dit", intro="Introduction"))
    call_command("update_index", verbosity=0)
    assert "Ce que la page dit" in client.get(ADDRESSES["fr"], {"q": "zibeline"}).content.decode()


def test_searching_only_reads(client: Client) -> None:
    assert client.post(ADDRESSES["fr"], {"q": "x"}).status_code == 405


def test_a_result_says_below_which_page_it_stands(client: Client) -> None:
    make_sheets(ModuleFactory(), fr="Écouter la précarité", nl="Luisteren")
    index = add_pages(NewsIndexPage, fr="Actualités", nl="Nieuws")["fr"]
    add_page(NewsPage(title="La précarité augmente", date=datetime.date(2026, 3, 2)), index)
    call_command("update_index", verbosity=0)
    html = client.get(ADDRESSES["fr"], {"q": "précarité"}).content.decode()
    rows = BeautifulSoup(html, "lxml").select(".result-list > li")
    named = {text(str(row), "a"): texts(str(row), ".result-list__section") for row in rows}
    assert named["La précarité augmente"] == ["Actualités"]
    assert named["Écouter la précarité"] != []
    assert named["Écouter la précarité"] != ["Actualités"]


ELIDED = ["l'hébergement", "l’hébergement", '"hébergement précaire"', "coeur hébergement", "cœur", "(hébergement)"]


@pytest.mark.parametrize("words", ELIDED)
def test_quotes_elided_articles_and_ligatures_are_forgiven(client: Client, words: str) -> None:
    add_page(StandardPage(title="Au cœur de l’hébergement précaire"))
    assert found(client, "fr", words) == ["Au cœur de l’hébergement précaire"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ('"housing first"', ["housing", "first"]),
        ("l’hébergement d'urgence", ["hébergement", "urgence"]),
        ("a AND (b* NEAR/2 c:d) ^e", ["a", "AND", "b", "NEAR", "2", "c", "d", "e"]),
        ("jusqu'au bout", ["au", "bout"]),
        ("-'\"\\%_", []),
        ("王小明 e\u0301quipe", ["王小明", "équipe"]),
    ],
)
def test_a_query_language_sees_terms_only(text: str, terms: list[str]) -> None:
    assert search_terms(text) == terms


class TestWhatReadersCallThings:
    def test_a_training_is_found_by_its_theme(self, client: Client) -> None:
        theme = ThemeFactory(name_fr="Assuétudes", name_nl="Verslaving", name_en="Addiction")
        make_sheets(ModuleFactory(theme=theme), fr="Parler autrement", nl="Anders praten", en="Talking")
        assert found(client, "fr", "assuétudes") == ["Parler autrement"]
        assert found(client, "nl", "verslaving") == ["Anders praten"]

    def test_an_abbreviation_finds_what_it_stands_for(self, client: Client) -> None:
        cache.clear()
        SearchSynonymsFactory(language="nl", words="XYZ, geestelijke gezondheidszorg")
        add_pages(StandardPage, fr="Santé mentale", nl="Over geestelijke gezondheidszorg")
        assert found(client, "nl", "xyz") == ["Over geestelijke gezondheidszorg"]
        assert found(client, "nl", "xyz over") == ["Over geestelijke gezondheidszorg"]
        assert found(client, "nl", "xyz raket") == []

    def test_a_place_of_the_map_is_found_below_the_pages(self, client: Client) -> None:
        home_of()
        place = PlaceFactory(name_fr="Maison Arc-en-ciel d’exemple")
        html = client.get("/fr/recherche/?q=arc-en-ciel").content.decode()
        assert texts(html, ".result-list__title") == [place.name_fr]
        assert texts(html, ".empty-state") == []

    def test_a_suggestion_finds_something(self, client: Client) -> None:
        add_pages(StandardPage, fr="Housing First", nl="Housing First")
        html = client.get("/fr/recherche/?q=housing+furst").content.decode()
        assert '<a href="?q=housing%20first">housing first</a>' in html
