"""List and map as a reader finds them."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cartography.enums import PlaceStatus
from cartography.models import MapPage, Place
from tests.cartography.factories import PlaceFactory
from tests.cartography.pages import listed
from tests.core.factories import SectorFactory
from tests.html import texts

pytestmark = pytest.mark.django_db


def queries(client: Client, url: str) -> int:
    client.get(url)  # root paths and content types are kept by the process
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def many_places(number: int) -> None:
    """In few statements, all over the country."""
    first = PlaceFactory(sector=SectorFactory())
    kept = [field.name for field in Place._meta.concrete_fields if field.name not in {"id", "token", "slug"}]
    same = {name: getattr(first, name) for name in kept}
    copies = []
    for index in range(number - 1):
        own = {"slug": f"copie-{first.pk}-{index}", "name_fr": f"Maison {index}"}
        marker = {"lat": 49.6 + (index % 40) * 0.04, "lon": 2.9 + (index // 40) * 0.05}
        copies.append(Place(**same | own | marker))
    Place.objects.bulk_create(copies)


class TestFinding:
    @pytest.mark.parametrize("words", ["schaerbeek", "Schaarbeek", "1030", "tilleul", "TILLEUL 1030", "lindehuis", "tilléul"])
    def test_a_place_is_found_by_any_of_its_names_and_codes(self, client: Client, maps: dict[str, MapPage], words: str) -> None:
        PlaceFactory(name_fr="Maison du Tilleul", name_nl="Lindehuis")
        PlaceFactory(name_fr="Ailleurs", name_nl="Elders", nis="62063", postal_code="4000", region="03000")
        for page in maps.values():
            assert len(listed(client, page, f"?q={words}")) == 1

    def test_facets_narrow_and_count(self, client: Client, maps: dict[str, MapPage]) -> None:
        mental = SectorFactory(slug="mental", name_fr="Santé mentale")
        PlaceFactory(sector=mental, practices=["employed", "self_help"], languages=["fr", "nl"])
        PlaceFactory(sector=mental, practices=["volunteer"], region="03000", nis="92094", postal_code="5000")
        PlaceFactory(practices=["employed"], is_open_to_placements=True)
        assert len(listed(client, maps["fr"], "?sector=mental")) == 2
        assert len(listed(client, maps["fr"], "?sector=mental&practice=employed")) == 1
        assert len(listed(client, maps["fr"], "?practice=employed&practice=volunteer")) == 3
        assert len(listed(client, maps["fr"], "?region=03000")) == 1
        assert len(listed(client, maps["fr"], "?language=nl")) == 1
        assert len(listed(client, maps["fr"], "?placement=yes")) == 1
        html = client.get(f"{maps['fr'].url}?sector=mental").content.decode()
        assert re.search(r'id="practice-volunteer">.*?<span class="facet__count">1</span>', html, re.DOTALL)

    def test_only_what_was_checked_within_a_year_is_fresh(self, client: Client, maps: dict[str, MapPage]) -> None:
        PlaceFactory(name_fr="Fraîche")
        PlaceFactory(name_fr="Vieille", checked_on="2020-01-01")
        PlaceFactory(name_fr="Jamais", checked_on=None, checked_by="")
        assert listed(client, maps["fr"], "?checked=12") == ["Fraîche"]

    def test_drafts_and_withdrawn_places_are_nobodys_business(self, client: Client, maps: dict[str, MapPage]) -> None:
        PlaceFactory(is_draft=True)
        PlaceFactory(status=PlaceStatus.WITHDRAWN)
        PlaceFactory(name_fr="À confirmer", status=PlaceStatus.TO_CONFIRM)
        assert listed(client, maps["fr"]) == ["À confirmer"]

    def test_an_empty_answer_shows_the_ways_on(self, client: Client, maps: dict[str, MapPage]) -> None:
        PlaceFactory(name_fr="Tilleul")
        html = client.get(f"{maps['fr'].url}?q=tileul").content.decode()
        assert '<a href="?q=tilleul">' in html
        html = client.get(f"{maps['fr'].url}?q=tilleul&region=02000").content.decode()
        assert 'href="?q=tilleul"' in html


class TestAddress:
    def test_the_view_stands_in_the_address_and_every_link_keeps_it(self, client: Client, maps: dict[str, MapPage]) -> None:
        PlaceFactory()
        html = client.get(f"{maps['fr'].url}?region=04000&view=map").content.decode()
        assert 'data-view="map"' in html
        assert re.search(r'<a class="chip" href="\?view=map">', html)
        assert '<input type="hidden" name="view" value="map">' in html
        assert f'href="{maps["nl"].url}?region=04000&amp;view=map"' in html

    def test_a_strange_address_is_the_whole_list(self, client: Client, maps: dict[str, MapPage]) -> None:
        PlaceFactory()
        assert len(listed(client, maps["fr"], "?view=satellite&sector=%00&page=-4&sort=x&q=%20")) == 1


class TestWeight:
    def test_two_thousand_places_cost_as_many_queries_as_sixty(self, client: Client, maps: dict[str, MapPage]) -> None:
        many_places(60)
        few = queries(client, maps["fr"].url)
        many_places(1940)
        assert Place.objects.count() == 2000
        assert queries(client, maps["fr"].url) == few <= 12
        assert queries(client, f"{maps['fr'].url}?q=maison&region=04000&view=map") == few

    def test_a_page_sets_no_cookie_and_names_no_other_host(self, client: Client, maps: dict[str, MapPage]) -> None:
        PlaceFactory()
        response = client.get(maps["fr"].url)
        assert not response.cookies
        policy = response["Content-Security-Policy"]
        assert "img-src 'self';" in f"{policy};"
        assert not re.search(r'(?:src|href|data-\w+)="https?://(?!testserver|creativecommons)', response.content.decode())


class TestTiles:
    def test_a_tile_service_is_named_only_where_it_is_set_and_only_on_the_map(
        self, client: Client, maps: dict[str, MapPage], settings: Any
    ) -> None:
        settings.MAP_TILES_URL = "https://{s}.tiles.example.org/{z}/{x}/{y}.png"
        settings.MAP_TILES_ATTRIBUTION = "© Contributors"
        response = client.get(maps["fr"].url)
        assert "https://*.tiles.example.org" in response["Content-Security-Policy"]
        assert 'data-smes-move="streets"' in response.content.decode()
        assert "tiles.example.org" not in client.get("/fr/pair-aidance/proposer/")["Content-Security-Policy"]


class TestEmbed:
    def test_only_named_sites_may_frame_it(self, client: Client, maps: dict[str, MapPage], settings: Any) -> None:
        settings.MAP_FRAME_HOSTS = ["https://partner.example.org"]
        PlaceFactory()
        response = client.get("/fr/pair-aidance/cadre/")
        assert "frame-ancestors 'self' https://partner.example.org" in response["Content-Security-Policy"]
        assert "X-Frame-Options" not in response
        html = response.content.decode()
        assert 'target="_blank"' in html
        assert "site-header" not in html
        assert "frame-ancestors 'self';" in f"{client.get(maps['fr'].url)['Content-Security-Policy']};"


class TestOpenData:
    def test_geojson_is_streamed_with_licence_and_holds_what_was_filtered(self, client: Client, maps: dict[str, MapPage]) -> None:
        PlaceFactory(name_fr="Une", region="04000", is_exact=True)
        PlaceFactory(name_fr="Deux", region="03000", nis="92094", postal_code="5000")
        response = client.get("/fr/peer-support/places.geojson?region=04000")
        assert response.streaming
        content = json.loads(response.getvalue())
        assert content["licence"] == "CC BY 4.0"
        assert [feature["properties"]["name_fr"] for feature in content["features"]] == ["Une"]
        assert content["features"][0]["geometry"]["coordinates"] == [4.379, 50.865]
        assert content["features"][0]["properties"]["provenance"]

    def test_nothing_internal_leaves(self, client: Client, maps: dict[str, MapPage]) -> None:
        place = PlaceFactory(internal_note="Appeler avant", is_location_verified=False)
        for ending in ("geojson", "csv"):
            text = client.get(f"/fr/peer-support/places.{ending}").getvalue().decode()
            assert place.name_fr in text
            assert place.token not in text
            assert "Appeler avant" not in text

    def test_a_formula_in_a_name_is_text_in_the_spreadsheet(self, client: Client, maps: dict[str, MapPage]) -> None:
        PlaceFactory(name_fr='=HYPERLINK("https://evil.example.org")')
        text = client.get("/fr/peer-support/places.csv").getvalue().decode()
        assert "'=HYPERLINK" in text
        assert text.startswith("\ufeffid,name_fr")

    def test_two_thousand_places_leave_piece_by_piece(self, client: Client, maps: dict[str, MapPage]) -> None:
        many_places(2000)
        response = client.get("/fr/peer-support/places.geojson")
        pieces = list(response.streaming_content)  # type: ignore[arg-type]
        assert len(pieces) > 20
        assert len(json.loads(b"".join(pieces))["features"]) == 2000
        brief = client.get("/fr/peer-support/places.geojson?brief=1").getvalue()
        assert len(json.loads(brief)["features"]) == 2000
        assert len(brief) < 700_000


class TestPaper:
    def test_the_sheet_says_what_was_asked_for(self, client: Client, maps: dict[str, MapPage]) -> None:
        PlaceFactory(name_fr="Maison du Tilleul", phone="02 512 00 00")
        html = client.get("/fr/pair-aidance/imprimer/?region=04000").content.decode()
        assert "Maison du Tilleul" in html
        assert "02 512 00 00" in html
        assert "Bruxelles" in html
        assert len(texts(html, "circle")) == 1

    def test_it_costs_the_same_for_one_and_for_many(self, client: Client, maps: dict[str, MapPage]) -> None:
        PlaceFactory()
        one = queries(client, "/fr/pair-aidance/imprimer/")
        many_places(80)
        assert queries(client, "/fr/pair-aidance/imprimer/") == one <= 12


class TestFreshnessPage:
    def test_the_ages_are_drawn_and_told(self, client: Client, maps: dict[str, MapPage]) -> None:
        PlaceFactory()
        PlaceFactory(checked_on="2020-01-01")
        html = client.get("/fr/pair-aidance/fraicheur/").content.decode()
        assert "1 fiche sur 2" in html
        assert len(texts(html, ".chart")) == 3

    @pytest.mark.parametrize("path", ["/fr/pair-aidance/fraicheur/", "/nl/peerhulp/actueel/", "/en/peer-support/freshness/"])
    def test_search_engines_find_words_about_it(self, client: Client, maps: dict[str, MapPage], path: str) -> None:
        html = client.get(path).content.decode()
        assert re.search(r'<meta name="description"\s+content="\w[^"]{20,}">', html)
