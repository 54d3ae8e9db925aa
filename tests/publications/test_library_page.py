"""The library as a reader finds it: words, also inside files, facets, orders, feeds."""

import datetime
import gzip
import re
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from core.browsing.suggestions import folded
from publications.enums import EditionStatus, FileState, Withdrawal
from publications.models import Edition, EditionFile, LibraryPage, PageText, PublicationPage, StockMove, Work, WorkAuthor
from publications.querysets.texts import around, parts_of
from publications.selectors import latest_publication, published_between
from publications.services.editions import withdraw_work
from tests.publications.factories import EditionFactory, EditionFileFactory, SeriesFactory, WorkFactory, make_pages
from tests.trainings.factories import OrganisationFactory, ThemeFactory

pytestmark = pytest.mark.django_db

PDF_WORDS = "Avant d’emménager, une muselière et un carnet de vaccination règlent plus de choses qu’un règlement. <b>Gras</b>"


@pytest.fixture
def connect(libraries: dict[str, LibraryPage]) -> Work:
    """A bilingual work with words that stand only inside its file, on page 2."""
    work: Work = WorkFactory(code="connect-5", series=SeriesFactory(slug="connect", name_fr="Connect"), number=5, programme="connect")
    edition = EditionFactory(work=work, languages=["fr", "nl"], copies=5)
    EditionFileFactory(edition=edition, texts=("Couverture", PDF_WORDS + " Een muilkorf en huisbezoeken."))
    make_pages(work, title_fr="Animaux et locataires", title_nl="Dieren en huurders", title_en="Animals and tenants")
    return work


def library(client: Client, query: str = "", language: str = "fr") -> str:
    slug = "publicaties" if language == "nl" else "publications"
    response = client.get(f"/{language}/{slug}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'<h3 class="card__title"><a href="[^"]+">([^<]+)</a>', html)


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
    withdraw_work(work=work, reason=Withdrawal.RIGHTS, on=timezone.localdate())


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
    assert re.search(r'id="language-fr" checked>.*?facet__count">1<', html)
    assert re.search(r'id="language-en">.*?facet__count">0<', html)


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


def fill(count: int) -> None:
    """Works with pages, themes, two authors, and editions with a file, a cover and words on its pages; in few statements."""
    series, themes = SeriesFactory(), [ThemeFactory() for _number in range(4)]
    organisation = OrganisationFactory()
    library_page = LibraryPage.objects.get(locale__language_code="fr")
    first = Work.objects.count()
    works = Work.objects.bulk_create(
        Work(code=f"w{n}", name=f"W {n}", kind="report", year=2000 + n % 25, series=series, number=n) for n in range(first, first + count)
    )
    editions = Edition.objects.bulk_create(
        Edition(work=work, reference=f"R{work.pk:07d}"[:8], languages=["fr"], title=work.name, status="published", is_orderable=True)
        for work in works
    )
    files = EditionFile.objects.bulk_create(
        EditionFile(
            edition=edition, number=1, state=FileState.READY, file="x.pdf", cover="x.webp", sha256="0" * 64, uploaded_at=timezone.now()
        )
        for edition in editions
    )
    for edition, file in zip(editions, files, strict=True):
        edition.current_file = file
    Edition.objects.bulk_update(editions, ["current_file"])
    words = "une muselière et un carnet de vaccination"
    PageText.objects.bulk_create(
        PageText(file=file, page=page, language="fr", text=words, folded=folded(words)) for file in files for page in (2, 3)
    )
    StockMove.objects.bulk_create(StockMove(edition=edition, kind="printed", quantity=9, at=timezone.now()) for edition in editions)
    WorkAuthor.objects.bulk_create(WorkAuthor(work=work, organisation=organisation, sort_order=0) for work in works)
    WorkAuthor.objects.bulk_create(WorkAuthor(work=work, name="Équipe d’exemple", sort_order=1) for work in works)
    links = Work.themes.through
    links.objects.bulk_create(links(work=work, theme=themes[n % 4]) for n, work in enumerate(works))
    for work in works:
        library_page.add_child(
            instance=PublicationPage(title=f"Titre {work.code}", slug=work.code, work=work, locale=library_page.locale, abstract="<p>x</p>")
        )


def queries(client: Client, query: str = "") -> int:
    library(client, query)
    with CaptureQueriesContext(connection) as captured:
        library(client, query)
    assert len(captured) <= 12, [each["sql"][:150] for each in captured]
    return len(captured)


def test_a_thousand_works_cost_no_more_queries_than_twelve(client: Client, connect: Work) -> None:
    fill(11)
    asked = ("", "?q=vaccination", "?q=zzzz", "?page=1&sort=title", "?format=pdf&format=paper&language=fr")
    few = [queries(client, query) for query in asked]
    fill(988)
    assert Work.objects.count() == 1000
    assert [queries(client, query) for query in asked] == few
    html = library(client, "?q=vaccination")
    assert (len(titles(html)), html.count('class="book__hit"')) == (12, 12), "each book of the page has its hit"
    assert len(re.findall(r'class="book-cover"><img src="/files/R', html)) >= 11, "and its cover, but for Connect 5 perhaps"


def test_the_page_is_light(client: Client, connect: Work) -> None:
    fill(30)
    assert len(gzip.compress(library(client).encode())) < 12_000


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize(("name", "version"), [("rss", "rss20"), ("atom", "atom10")])
def test_the_feed_is_read_by_a_feed_reader(client: Client, connect: Work, language: str, name: str, version: str) -> None:
    with translation.override(language):
        url = reverse(f"publications:{name}")
    response = client.get(url)
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == version
    assert feed.feed.language == language
    (entry,) = feed.entries
    assert entry.title == {"fr": "Animaux et locataires", "nl": "Dieren en huurders", "en": "Animals and tenants"}[language]
    assert f"/{language}/" in entry.link
    (enclosure,) = entry.enclosures
    assert enclosure.type == "application/pdf"
    assert int(enclosure.length) > 0
    assert url in library(client, language=language), "the page names its feed"


def feed_in(client: Client, name: str, language: str = "fr") -> ElementTree.Element:
    with translation.override(language):
        return ElementTree.fromstring(client.get(reverse(f"publications:{name}")).content)


def is_address(text: str | None) -> bool:
    return bool(text and re.match(r"^https?://[^/]+/", text))


def test_rss_holds_what_its_standard_requires(client: Client, connect: Work) -> None:
    """RSS 2.0: title, link and description of the channel; a title, a lasting address and a whole enclosure of each item."""
    make_pages(WorkFactory(year=2019))
    rss = feed_in(client, "rss")
    assert (rss.tag, rss.get("version")) == ("rss", "2.0")
    (channel,) = rss
    assert channel.findtext("title") == "Smes : publications"
    assert is_address(channel.findtext("link"))
    assert channel.findtext("description") == "Lire, citer, commander."
    assert parsedate_to_datetime(channel.findtext("lastBuildDate") or "").tzinfo
    items = channel.findall("item")
    assert len(items) == 2
    for item in items:
        assert item.findtext("title")
        assert is_address(item.findtext("link"))
        assert item.findtext("guid") == item.findtext("link")
    assert len({item.findtext("guid") for item in items}) == 2
    (enclosure,) = channel.findall("item/enclosure")
    assert set(enclosure.attrib) == {"url", "length", "type"}
    assert client.get(enclosure.attrib["url"].removeprefix("http://testserver")).status_code == 200


def test_atom_holds_what_its_standard_requires(client: Client, connect: Work) -> None:
    """RFC 4287: id, title, updated and an author of the feed, a link to itself; id, title and updated of each entry."""
    make_pages(WorkFactory(year=2019))
    feed, atom = feed_in(client, "atom"), "{http://www.w3.org/2005/Atom}"
    assert feed.tag == f"{atom}feed"
    assert feed.findtext(f"{atom}author/{atom}name") == "Smes"
    entries = feed.findall(f"{atom}entry")
    assert len(entries) == 2
    for each in (feed, *entries):
        assert each.findtext(f"{atom}title")
        assert is_address(each.findtext(f"{atom}id"))
        assert datetime.datetime.fromisoformat(each.findtext(f"{atom}updated") or "").tzinfo
    assert len({entry.findtext(f"{atom}id") for entry in entries}) == 2
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{atom}link")}
    assert links["self"] == "http://testserver/fr/publications.atom"
    assert is_address(links["alternate"])


def test_the_date_of_an_entry_is_when_its_page_was_last_published(client: Client, connect: Work) -> None:
    moment = datetime.datetime(2025, 3, 4, 9, 30, tzinfo=datetime.UTC)
    PublicationPage.objects.update(last_published_at=moment)
    (entry,) = feedparser.parse(client.get("/fr/publications.atom").content).entries
    assert entry.updated_parsed[:5] == (2025, 3, 4, 9, 30)


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
