"""Every view for the public in three languages: the versions of a page name one another, for readers and for robots."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import translation

from tests.crawl.endpoints import all_endpoints, create_rows

pytestmark = pytest.mark.django_db

LANGUAGES = {"fr", "nl", "en"}
# A frame within other sites: not for search engines, without the head of the site.
WITHOUT_HEAD = {"cartography:embed"}
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"')


def public_pages(client: Client) -> dict[str, str]:
    """The pages our public views draw below a language, as the resolver finds them. Shape: {name: path}."""
    found = {}
    for endpoint in all_endpoints():
        if urlsplit(endpoint.path).path.split("/")[1] not in LANGUAGES or not endpoint.name or endpoint.name.startswith("wagtail"):
            continue
        response = client.get(endpoint.path)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html") and endpoint.name not in WITHOUT_HEAD:
            found[endpoint.name] = endpoint.path
    return found


def named(client: Client, path: str) -> dict[str, str]:
    """What a page says of its languages. Shape: {language or x-default: path}."""
    response = client.get(path)
    assert response.status_code == 200, path
    return {code: urlsplit(address).path for code, address in ALTERNATE.findall(response.content.decode())}


def test_every_view_names_its_three_languages_and_each_of_them_answers(client: Client) -> None:
    create_rows()
    with translation.override("fr"):
        pages = public_pages(client)
    assert pages.keys() >= {
        "trainings:enrol",
        "trainings:register_interest",
        "trainings:verify_certificate",
        "publications:order",
        "cartography:propose",
        "cartography:place",
        "newsletter:subscribe",
        "home:search",
    }
    wrong = {}
    for name, path in pages.items():
        first = named(client, path)
        others = {code: named(client, address) for code, address in first.items()}
        if first.keys() != LANGUAGES | {"x-default"} or any(each != first for each in others.values()):
            wrong[name] = (first, others)
        elif first["x-default"] != first["fr"] or any(not first[code].startswith(f"/{code}/") for code in LANGUAGES):
            wrong[name] = (first, {})
    assert wrong == {}
