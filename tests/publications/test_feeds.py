"""RSS and Atom, as feed readers read them."""

import datetime
import re
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from publications.models import PublicationPage, Work
from tests.publications.browsing import library, titles
from tests.publications.factories import WorkFactory, make_pages

pytestmark = pytest.mark.django_db


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
    assert channel.findtext("title") == "Smes\N{NO-BREAK SPACE}: publications"
    assert is_address(channel.findtext("link"))
    assert channel.findtext("description") == "Lire, citer, commander."
    assert parsedate_to_datetime(channel.findtext("lastBuildDate") or "").tzinfo
    items = channel.findall("item")
    assert len(items) == 2
    for item in items:
        assert item.findtext("title")
        assert is_address(item.findtext("link"))
        assert client.get((item.findtext("guid") or "").removeprefix("http://testserver")).url == urlsplit(item.findtext("link")).path  # type: ignore[attr-defined]
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


def test_a_work_whose_day_is_unknown_comes_after_those_of_its_year(client: Client, libraries: object) -> None:
    """As in the library; PostgreSQL puts the unknown first when nobody says otherwise."""
    for title, day in (("Un jour inconnu", None), ("En mars", datetime.date(2024, 3, 1)), ("En mai", datetime.date(2024, 5, 1))):
        make_pages(WorkFactory(published_on=day), title_fr=title)
    expected = ["En mai", "En mars", "Un jour inconnu"]
    assert [item.findtext("title") for item in feed_in(client, "rss").iter("item")] == expected == titles(library(client))


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_an_entry_stays_the_same_when_its_page_gets_another_address(client: Client, connect: Work, name: str) -> None:
    def entry() -> Any:
        return feedparser.parse(client.get(f"/fr/publications.{name}").content).entries[0]

    before = entry()
    page = connect.pages.get(locale__language_code="fr")
    page.slug = "autre-adresse"
    page.save()
    after = entry()
    assert after.link != before.link
    assert after.id == before.id


def test_the_date_of_an_entry_is_when_its_page_was_last_published(client: Client, connect: Work) -> None:
    moment = datetime.datetime(2025, 3, 4, 9, 30, tzinfo=datetime.UTC)
    PublicationPage.objects.update(last_published_at=moment)
    (entry,) = feedparser.parse(client.get("/fr/publications.atom").content).entries
    assert entry.updated_parsed[:5] == (2025, 3, 4, 9, 30)


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_who_has_the_latest_gets_nothing_again_and_a_correction_is_new(client: Client, connect: Work, name: str) -> None:
    url = f"/fr/publications.{name}"
    answer = client.get(url)
    for known in ({"if-none-match": answer["ETag"]}, {"if-modified-since": answer["Last-Modified"]}):
        again = client.get(url, headers=known)
        assert (again.status_code, again.content) == (304, b"")
    PublicationPage.objects.update(title="Un titre corrigé", last_published_at=timezone.now() + datetime.timedelta(minutes=1))
    for known in ({"if-none-match": answer["ETag"]}, {"if-modified-since": answer["Last-Modified"]}):
        assert client.get(url, headers=known).status_code == 200


def test_every_entry_of_rss_has_a_date(client: Client, libraries: object) -> None:
    """The day of the work; unknown, when its page came; else the year."""
    came = datetime.datetime(2024, 7, 8, 9, 30, tzinfo=datetime.UTC)
    make_pages(WorkFactory(published_on=datetime.date(2024, 3, 1)), title_fr="Un jour")
    make_pages(WorkFactory(published_on=None), title_fr="Sans jour", first_published_at=came)
    make_pages(WorkFactory(published_on=None, year=2019), title_fr="Une année", first_published_at=None)
    days = {item.findtext("title"): parsedate_to_datetime(item.findtext("pubDate") or "") for item in feed_in(client, "rss").iter("item")}
    assert {title: day.date().isoformat() for title, day in days.items()} == {
        "Un jour": "2024-03-01",
        "Sans jour": "2024-07-08",
        "Une année": "2019-01-01",
    }


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_a_title_pasted_from_a_pdf_does_not_end_the_feed(client: Client, connect: Work, name: str) -> None:
    PublicationPage.objects.update(title="Titre\x0bcollé\x02\x0c\x1f\ufffe")
    (entry,) = feedparser.parse(client.get(f"/fr/publications.{name}").content).entries
    assert entry.title == "Titre collé"
