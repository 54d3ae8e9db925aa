"""The map taken away: GeoJSON and CSV that others can read, cite and trust."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from cartography.enums import PlaceStatus
from cartography.models import MapPage
from cartography.open_data.geojson import COLUMNS
from tests.cartography.factories import PlaceFactory
from tests.core.factories import SectorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("maps")]

GEOJSON, CSV, BELGIAN_CSV = (f"/fr/peer-support/places{ending}" for ending in (".geojson", ".csv", "-be.csv"))


@pytest.fixture
def maps(maps: dict[str, MapPage]) -> dict[str, MapPage]:
    return maps


def collection(client: Client, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get(f"{GEOJSON}{query}").getvalue())
    return found


def table(client: Client, query: str = "") -> list[dict[str, str]]:
    text = client.get(f"{CSV}{query}").getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


class TestGeoJson:
    def test_it_is_what_rfc_7946_asks_for(self, client: Client) -> None:
        place = PlaceFactory(is_exact=True)
        found = collection(client)
        assert found["type"] == "FeatureCollection"
        (feature,) = found["features"]
        assert (feature["type"], feature["id"]) == ("Feature", place.slug)
        assert feature["geometry"] == {"type": "Point", "coordinates": [4.379, 50.865]}, "longitude first"
        assert "crs" not in found

    def test_it_says_whose_it_is_and_how_old(self, client: Client) -> None:
        found = collection(client)
        assert found["licence_url"] == "https://creativecommons.org/licenses/by/4.0/"
        assert "Statbel" in found["attribution"]
        assert "ODbL" in found["attribution"]
        assert found["source"] == f"http://testserver{GEOJSON}"
        assert found["generated"]

    def test_an_empty_answer_is_a_collection_of_nothing(self, client: Client) -> None:
        assert collection(client, "?q=nulle+part")["features"] == []
        assert json.loads(client.get(f"{GEOJSON}?q=nulle+part&brief=1").getvalue())["features"] == []

    def test_our_own_map_reads_little_and_in_its_language(self, client: Client) -> None:
        PlaceFactory(name_fr="Maison", name_nl="Huis", slug="maison", is_example=True, status=PlaceStatus.TO_CONFIRM)
        brief = json.loads(client.get("/nl/peer-support/places.geojson?brief=1").getvalue())["features"][0]
        assert brief["properties"] | {"s": ""} == {
            "n": "Huis",
            "u": "/nl/peerhulp/plekken/maison/",
            "m": "1030 Schaarbeek",
            "s": "",
            "e": 1,
            "c": 1,
        }


class TestCsv:
    def test_a_row_has_every_column_and_lists_are_readable(self, client: Client) -> None:
        PlaceFactory(practices=["employed", "self_help"], languages=["fr", "nl"], since=2019, is_open_to_placements=True)
        (row,) = table(client)
        assert tuple(row) == COLUMNS
        assert (row["practices"], row["languages"], row["since"]) == ("employed;self_help", "fr;nl", "2019")
        assert (row["municipality_fr"], row["municipality_nl"], row["licence"]) == ("Schaerbeek", "Schaarbeek", "CC BY 4.0")

    def test_a_record_nobody_checked_has_an_empty_day(self, client: Client) -> None:
        PlaceFactory(checked_on=None, checked_by="")
        (row,) = table(client)
        assert (row["checked_on"], row["checked_by"]) == ("", "")

    @pytest.mark.parametrize("name", ["=1+1", "+32", "@SUM(A1)", "-2", "\t=1"])
    def test_no_cell_is_a_formula(self, client: Client, name: str) -> None:
        PlaceFactory(name_fr=name)
        assert table(client)[0]["name_fr"].startswith("'")


class TestBelgianCsv:
    def test_it_opens_in_columns_with_numbers_and_says_the_same(self, client: Client) -> None:
        PlaceFactory(name_fr="Maison; jardin", is_exact=True, languages=["fr", "nl"])
        text = client.get(f"{BELGIAN_CSV}?q=maison").getvalue().decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
        assert row == table(client)[0] | {"latitude": "50,865", "longitude": "4,379"}

    def test_the_page_of_the_map_offers_both(self, client: Client, maps: dict[str, MapPage]) -> None:
        PlaceFactory()
        html = client.get(maps["fr"].url or "").content.decode()
        assert f'href="{CSV}' in html
        assert f'href="{BELGIAN_CSV}' in html


class TestBoth:
    @pytest.mark.parametrize("url", [GEOJSON, CSV, BELGIAN_CSV])
    def test_they_are_files_of_a_day_kept_for_minutes_and_not_indexed(self, client: Client, url: str) -> None:
        response = client.get(url)
        assert 'attachment; filename="smes-peer-support-20' in response["Content-Disposition"]
        assert response["Cache-Control"] == "public, max-age=300"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Access-Control-Allow-Origin"] == "*", "open data is read from other sites"
        assert client.post(url).status_code == 405
        assert client.head(url).status_code == 200

    def test_no_other_page_may_be_read_from_another_site(self, client: Client, maps: dict[str, MapPage]) -> None:
        assert "Access-Control-Allow-Origin" not in client.get(maps["fr"].url or "")

    @pytest.mark.parametrize("url", [GEOJSON, CSV, BELGIAN_CSV])
    def test_a_noncharacter_of_an_old_row_does_not_leave(self, client: Client, url: str) -> None:
        PlaceFactory(name_fr="Maison\ufffe\x0bverte")
        text = client.get(url).getvalue().decode()
        assert "\ufffe" not in text
        assert "Maison" in text

    def test_they_hold_what_the_list_shows_in_its_order(self, client: Client) -> None:
        mental = SectorFactory(slug="mental")
        PlaceFactory(name_fr="Zèbre", sector=mental, nis="62063", postal_code="4000", region="03000")
        PlaceFactory(name_fr="Abeille", sector=mental)
        PlaceFactory(name_fr="Autre")
        PlaceFactory(name_fr="Brouillon", sector=mental, is_draft=True)
        PlaceFactory(name_fr="Parti", sector=mental, status=PlaceStatus.WITHDRAWN)
        for query, names in {
            "?sector=mental": ["Abeille", "Zèbre"],
            "?sector=mental&sort=municipality": ["Zèbre", "Abeille"],
            "?q=li%C3%A8ge": ["Zèbre"],
            "?sector=mental&page=7&view=map": ["Abeille", "Zèbre"],
        }.items():
            assert [feature["properties"]["name_fr"] for feature in collection(client, query)["features"]] == names
            assert [row["name_fr"] for row in table(client, query)] == names

    def test_a_doubtful_record_leaves_with_its_doubt(self, client: Client) -> None:
        PlaceFactory(status=PlaceStatus.TO_CONFIRM)
        assert collection(client)["features"][0]["properties"]["status"] == "to_confirm"
        assert table(client)[0]["status"] == "to_confirm"
