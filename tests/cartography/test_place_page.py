"""One place in three languages."""

import datetime
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cartography.enums import PlaceStatus
from cartography.models import MapPage
from cartography.places.selectors import latest_places, place_counts
from tests.cartography.factories import PlaceFactory

pytestmark = pytest.mark.django_db


def test_a_place_has_an_address_in_each_language_and_they_know_one_another(client: Client, maps: dict[str, MapPage]) -> None:
    PlaceFactory(name_fr="Maison du Tilleul", name_nl="Lindehuis", slug="tilleul", nis="21015")
    pages = {"fr": "/fr/pair-aidance/lieux/tilleul/", "nl": "/nl/peerhulp/plekken/tilleul/", "en": "/en/peer-support/places/tilleul/"}
    for language, url in pages.items():
        html = client.get(url).content.decode()
        assert ("Lindehuis" if language == "nl" else "Maison du Tilleul") in html
        assert ("Schaarbeek" if language == "nl" else "Schaerbeek") in html
        for code, other in pages.items():
            assert f'hreflang="{code}" href="http://testserver{other}"' in html


def test_a_place_is_in_the_sitemap_and_a_draft_is_not(client: Client, maps: dict[str, MapPage]) -> None:
    PlaceFactory(slug="tilleul")
    PlaceFactory(slug="brouillon", is_draft=True)
    text = client.get("/sitemap.xml").content.decode()
    assert "/nl/peerhulp/plekken/tilleul/" in text
    assert "brouillon" not in text


def test_words_that_are_not_translated_say_that_they_are_french(client: Client, maps: dict[str, MapPage]) -> None:
    PlaceFactory(slug="tilleul", summary_fr="Un café.", summary_en="A coffee.")
    assert 'lang="fr">Un café.' in client.get("/nl/peerhulp/plekken/tilleul/").content.decode()
    english = client.get("/en/peer-support/places/tilleul/").content.decode()
    assert "A coffee." in english
    assert "Un café." not in english


def test_a_refuge_gives_nothing_away(client: Client, maps: dict[str, MapPage]) -> None:
    place = PlaceFactory(slug="refuge")
    html = client.get("/fr/pair-aidance/lieux/refuge/").content.decode()
    assert "streetAddress" not in html
    assert "Rue" not in html.partition("<footer")[0]
    assert place.street == ""


def test_a_withdrawn_place_says_that_it_left(client: Client, maps: dict[str, MapPage]) -> None:
    PlaceFactory(slug="parti", status=PlaceStatus.WITHDRAWN)
    response = client.get("/fr/pair-aidance/lieux/parti/")
    assert response.status_code == 410
    assert maps["fr"].url in response.content.decode()
    PlaceFactory(slug="brouillon", is_draft=True)
    assert client.get("/fr/pair-aidance/lieux/brouillon/").status_code == 404


def test_a_record_says_who_told_it_and_how_sure_it_is(client: Client, maps: dict[str, MapPage]) -> None:
    PlaceFactory(slug="douteux", status=PlaceStatus.TO_CONFIRM, is_example=True, source="rapport annuel 2024", provenance="published")
    html = client.get("/en/peer-support/places/douteux/").content.decode()
    assert "To be confirmed" in html
    assert "mark-example" in html
    assert "rapport annuel 2024" in html


def test_search_engines_read_a_service_and_no_markup_of_its_own(client: Client, maps: dict[str, MapPage]) -> None:
    PlaceFactory(slug="piege", name_fr="</script><script>alert(1)</script>")
    html = client.get("/fr/pair-aidance/lieux/piege/").content.decode()
    found = re.search(r'application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL)
    assert found
    assert json.loads(found[1])["@type"] == "Organization"
    assert "<script>alert" not in html


def test_a_place_in_brussels_is_drawn_on_the_map_of_brussels(client: Client, maps: dict[str, MapPage]) -> None:
    PlaceFactory(slug="a-bruxelles")
    PlaceFactory(slug="a-namur", nis="92094", postal_code="5000", region="03000", lat=50.46, lon=4.86)
    assert 'viewBox="16 468 338 346"' in client.get("/fr/pair-aidance/lieux/a-bruxelles/").content.decode()
    assert 'viewBox="0 0 1000 830"' in client.get("/fr/pair-aidance/lieux/a-namur/").content.decode()


def test_the_contact_comes_before_the_rest_and_its_website_reads_well(client: Client, maps: dict[str, MapPage]) -> None:
    PlaceFactory(slug="tilleul", website="https://www.tilleul.example.org/accueil/", is_open_to_placements=False)
    html = client.get("/fr/pair-aidance/lieux/tilleul/").content.decode()
    assert '<a href="https://www.tilleul.example.org/accueil/" rel="noopener">tilleul.example.org/accueil</a>' in html
    assert html.index("tilleul.example.org/accueil</a>") < html.index('<dl class="facts">')
    assert "Stages" not in html, "what was not said is no news for a reader"


def test_a_page_costs_few_queries(client: Client, maps: dict[str, MapPage]) -> None:
    PlaceFactory(slug="tilleul")
    client.get("/fr/pair-aidance/lieux/tilleul/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/fr/pair-aidance/lieux/tilleul/")
    assert len(captured) <= 8


def test_others_ask_for_the_newest_and_the_counts() -> None:
    PlaceFactory(is_draft=True)
    newest = PlaceFactory(published_at=datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC))
    PlaceFactory(published_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC), region="03000", checked_on="2020-01-01")
    assert latest_places(limit=1) == [newest]
    counts = place_counts(today=datetime.date(2026, 11, 24))
    assert (counts["all"], counts["fresh"], counts["04000"], counts["03000"]) == (2, 1, 1, 1)
