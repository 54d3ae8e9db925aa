"""The library as a reader finds it: words, also inside files, facets, orders, feeds."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from publications.enums import EditionStatus, Withdrawal
from publications.models import Edition, Work
from publications.querysets.texts import around, parts_of
from publications.works.editions import withdraw_edition, withdraw_work
from publications.works.recent import latest_publication, published_between
from tests.core.factories import ThemeFactory, UserFactory
from tests.publications.browsing import library, titles
from tests.publications.factories import EditionFactory, EditionFileFactory, WorkFactory, make_pages

pytestmark = pytest.mark.django_db


def index() -> None:
    call_command("update_index", verbosity=0)


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "muselière"), ("fr", "museliere"), ("fr", "muselières"), ("nl", "muilkorf"), ("nl", "huisbezoek"), ("en", "muselière")],
)
def test_a_word_that_only_stands_inside_a_file_is_found_with_its_page(client: Client, connect: Work, language: str, words: str) -> None:
    """Accents and endings are forgiven in the language of the text, whatever the reader's."""
    html = library(client, f"?q={words}", language)
    assert len(titles(html)) == 1
    reference = connect.editions.get().reference
    assert re.search(rf'href="/files/{reference}/[^"]+\.pdf#page=2"', html)
    assert "<mark>" in html


def test_the_snippet_shows_what_stands_around_and_never_markup_of_the_file(client: Client, connect: Work) -> None:
    html = library(client, "?q=vaccination")
    assert "<mark>vaccination</mark>" in html
    assert "<b>Gras</b>" not in html
    assert parts_of("a \x02b\x03 c") == ("a ", "b", " c")
    assert around("une muselière et un carnet", "une museliere et un carnet", "museliere") == ("une ", "muselière", " et un")


def test_words_of_the_page_come_before_words_of_files(client: Client, connect: Work) -> None:
    other = WorkFactory()
    make_pages(other, title_fr="La muselière, mode d’emploi")
    index()
    assert titles(library(client, "?q=muselière")) == ["La muselière, mode d’emploi", "Animaux et locataires"]


def hide_draft(work: Work) -> None:
    Edition.objects.filter(work=work).update(status=EditionStatus.DRAFT)


def hide_private(work: Work) -> None:
    for page in work.pages.all():
        PageViewRestriction.objects.create(page=page, restriction_type="login")


def hide_withdrawn(work: Work) -> None:
    withdraw_work(work=work, reason=Withdrawal.RIGHTS, now=timezone.now())


@pytest.mark.parametrize("hide", [hide_draft, hide_private, hide_withdrawn])
def test_what_nobody_may_have_is_not_found_by_its_words(client: Client, connect: Work, hide: Any) -> None:
    hide(connect)
    html = library(client, "?q=vaccination")
    assert titles(html) == []
    assert "carnet" not in html


def test_only_the_current_version_is_searched(client: Client, connect: Work) -> None:
    EditionFileFactory(edition=connect.editions.get(), number=2, texts=("Autre chose",))
    assert titles(library(client, "?q=vaccination")) == []


def test_facets_narrow_and_a_bilingual_work_answers_to_both_its_languages(client: Client, connect: Work) -> None:
    guide = WorkFactory(code="guide", year=2019, programme="support")
    guide.themes.add(ThemeFactory(slug="drugs", name_fr="Drogues"))
    EditionFileFactory(edition=EditionFactory(work=guide, languages=["en"], is_orderable=False))
    make_pages(guide, title_fr="Un guide")
    record = WorkFactory(code="record", year=2010)
    make_pages(record, title_fr="À relire, une référence")
    latest_first = ["Animaux et locataires", "Un guide", "À relire, une référence"]
    assert titles(library(client)) == latest_first
    found = {
        "language=nl": ["Animaux et locataires"],
        "language=en": ["Un guide"],
        "language=nl&language=en": ["Animaux et locataires", "Un guide"],
        "series=connect": ["Animaux et locataires"],
        "theme=drugs": ["Un guide"],
        "programme=support": ["Un guide"],
        "year=2010&year=2019": ["Un guide", "À relire, une référence"],
        "format=pdf": ["Animaux et locataires", "Un guide"],
        "format=paper": ["Animaux et locataires"],
        "format=record": ["À relire, une référence"],
        "format=paper&year=2019": [],
        "sort=recent": latest_first,
        "sort=title": ["À relire, une référence", "Animaux et locataires", "Un guide"],
        "sort=title&year=2010&year=2024": ["À relire, une référence", "Animaux et locataires"],
    }
    assert {query: titles(library(client, f"?{query}")) for query in found} == found


def test_each_choice_shows_how_many_would_answer(client: Client, connect: Work) -> None:
    html = library(client, "?language=fr")
    assert re.search(r'id="language-fr" checked>.*?facet__count">1<', html, re.DOTALL)
    assert re.search(r'id="language-en">.*?facet__count">0<', html, re.DOTALL)


def test_an_empty_answer_shows_the_way_on(client: Client, connect: Work) -> None:
    html = library(client, "?year=2024&language=en")
    assert titles(html) == []
    assert 'href="?year=2024"' in html


def test_a_withdrawn_work_stays_on_the_shelf_as_such(client: Client, connect: Work) -> None:
    hide_withdrawn(connect)
    html = library(client)
    assert titles(html) == ["Animaux et locataires"]
    assert "Retirée" in html
    assert "/files/" not in html


@pytest.mark.parametrize(
    "query", ["?q=%00%27", "?q=(((", "?q=%5C", "?q=a%26%7C!", "?page=99999", "?year=abc", "?language=%3Cb%3E", "?q=" + "x" * 3000]
)
def test_no_address_breaks_the_page(client: Client, connect: Work, query: str) -> None:
    library(client, query)


def test_the_newsletter_finds_what_was_published_between_two_days(connect: Work) -> None:
    day = timezone.localdate()
    assert published_between(day, day, "fr") == []
    Work.objects.filter(pk=connect.pk).update(published_on=day, year=day.year)
    (card,) = published_between(day, day, "nl")
    assert (card.title, card.languages, card.published_on) == ("Dieren en huurders", ("fr", "nl"), day)
    assert card.url.startswith("/nl/")
    hide_withdrawn(connect)
    assert published_between(day, day, "nl") == []


def test_the_home_page_shows_the_latest_that_is_no_example(connect: Work) -> None:
    make_pages(WorkFactory(year=2030, is_example=True))
    card = latest_publication("fr")
    assert card
    assert card.title == "Animaux et locataires"


def test_a_work_whose_editions_are_all_withdrawn_is_not_proposed(connect: Work) -> None:
    newest = WorkFactory(year=2031)
    make_pages(newest)
    edition = EditionFactory(work=newest)
    assert latest_publication("fr").title == f"{newest.name} (fr)"  # type: ignore[union-attr]
    withdraw_edition(edition=edition, reason=Withdrawal.ERROR, now=timezone.now(), by=UserFactory())
    assert latest_publication("fr").title == "Animaux et locataires"  # type: ignore[union-attr]


def test_a_reference_that_cannot_be_had_is_not_the_latest_publication(connect: Work) -> None:
    make_pages(WorkFactory(year=2031))
    assert latest_publication("fr").title == "Animaux et locataires"  # type: ignore[union-attr]


def test_a_title_in_another_language_says_so(client: Client, connect: Work) -> None:
    work = WorkFactory(year=2031)
    EditionFactory(work=work, title="Un titre français", languages=["fr"])
    pages = make_pages(work, title_nl="Un titre français")
    assert 'class="card__title" lang="fr"' in client.get(pages["nl"].get_parent().url).content.decode()
    assert '<h1 class="page-header__title" lang="fr">' in client.get(pages["nl"].url).content.decode()
    assert '<h1 class="page-header__title">' in client.get(pages["fr"].url).content.decode()
