"""The map in the frame of a partner: only of named ones, and with nothing else of the site."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from cartography.models import MapPage
from tests.cartography.factories import PlaceFactory

pytestmark = pytest.mark.django_db

FRAMES = {"fr": "/fr/pair-aidance/cadre/", "nl": "/nl/peerhulp/kader/", "en": "/en/peer-support/embed/"}


@pytest.fixture(autouse=True)
def place(maps: dict[str, MapPage]) -> None:
    PlaceFactory(slug="tilleul")


def policy(client: Client, url: str) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in client.get(url)["Content-Security-Policy"].split(";")]
    return {name: sources for name, _space, sources in parts}


def test_nobody_frames_it_before_somebody_is_named(client: Client) -> None:
    assert policy(client, FRAMES["fr"])["frame-ancestors"] == "'self'"


def test_the_page_of_the_map_offers_the_code_of_the_frame(client: Client, maps: dict[str, MapPage]) -> None:
    for language, url in FRAMES.items():
        html = client.get(maps[language].url).content.decode()
        code = unescape(html.partition('<textarea id="embed-code"')[2].partition(">")[2].partition("</textarea>")[0])
        assert f'<iframe src="http://testserver{url}"' in code
        assert 'title="' in code
        assert 'data-smes-copy="embed-code"' in html
        assert client.get(url).status_code == 200


def test_each_named_site_may_and_no_other(client: Client, settings: Any) -> None:
    settings.MAP_FRAME_HOSTS = ["https://one.example.org", "https://two.example.org"]
    for url in FRAMES.values():
        assert policy(client, url)["frame-ancestors"] == "'self' https://one.example.org https://two.example.org"


def test_the_rest_of_the_site_stays_out_of_frames(client: Client, settings: Any, maps: dict[str, MapPage]) -> None:
    settings.MAP_FRAME_HOSTS = ["https://one.example.org"]
    for url in (maps["fr"].url, "/fr/pair-aidance/lieux/tilleul/", "/fr/pair-aidance/proposer/", "/fr/pair-aidance/imprimer/"):
        response = client.get(url)
        assert "one.example.org" not in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}


def test_the_frame_can_be_filtered_and_stays_a_frame(client: Client) -> None:
    html = client.get(FRAMES["nl"], {"q": "bestaat niet"}).content.decode()
    assert f'action="{FRAMES["nl"]}"' in html
    assert "place-row__name" not in html
    assert "place-row__name" in client.get(FRAMES["nl"], {"q": "schaarbeek"}).content.decode()


def test_it_leaves_no_cookie_and_is_not_indexed(client: Client) -> None:
    response = client.get(FRAMES["en"])
    assert not response.cookies
    assert '<meta name="robots" content="noindex">' in response.content.decode()
