"""What robots read: the map of the site, with its languages, and what they may not open."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import StandardPage
from tests.home.factories import add_page, add_pages, home_of

pytestmark = pytest.mark.django_db

SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def sitemap(client: Client) -> dict[str, dict[str, str]]:
    """Shape: {address: {language: address}}."""
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        str(url.findtext("s:loc", namespaces=SPACES)): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", SPACES)
        }
        for url in tree.findall("s:url", SPACES)
    }


def test_every_page_stands_there_with_its_other_languages(client: Client) -> None:
    pages = add_pages(StandardPage, fr="À propos", nl="Over ons")
    found = sitemap(client)
    addresses = {language: f"http://testserver{page.url}" for language, page in pages.items()}
    assert found[addresses["fr"]] == found[addresses["nl"]] == addresses
    assert {f"http://testserver/{language}/" for language in ("fr", "nl", "en")} <= set(found)


def test_drafts_and_private_pages_are_left_out(client: Client) -> None:
    add_page(StandardPage(title="Brouillon", live=False))
    add_page(StandardPage(title="Interne")).view_restrictions.create(restriction_type="login")
    assert not [address for address in sitemap(client) if "brouillon" in address or "interne" in address]


def test_many_pages_cost_no_more_queries_than_few(client: Client) -> None:
    home_of()
    counts = []
    for _round in range(2):
        for number in range(10):
            add_page(StandardPage(title=f"Page {_round}-{number}"))
        client.get("/sitemap.xml")
        with CaptureQueriesContext(connection) as queries:
            client.get("/sitemap.xml")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def test_robots_find_the_map_and_stay_out_of_the_back_office(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


@pytest.mark.parametrize("address", ["/sitemap.xml", "/robots.txt"])
def test_they_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
