"""Never a false exact point: an address stands at its postal code, and says so, until somebody places it."""

import datetime
import json
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client

from cartography.geo import belgium
from cartography.models import MapPage, Place
from cartography.places.data import Notes, PlaceData
from cartography.places.services import change_place, create_place, publish_place
from core.models import Sector
from tests.cartography.factories import PlaceFactory
from tests.core.factories import SectorFactory

pytestmark = pytest.mark.django_db

PICKED = {"lat": 50.8702, "lon": 4.3811}


def said(**fields: Any) -> PlaceData:
    if not Sector.objects.filter(slug="homeless").exists():
        SectorFactory(slug="homeless")
    plain = {"name_fr": "Maison du Tilleul", "sector": "homeless", "nis": "21015", "postal_code": "1030"}
    return PlaceData(**plain | {"precision": "address", "street": "Rue de l’Exemple 12"} | fields)


@pytest.fixture
def unplaced(maps: dict[str, MapPage], now: datetime.datetime) -> Place:
    return publish_place(place=create_place(data=said(), notes=Notes(), now=now), now=now)


def features(client: Client, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get(f"/fr/peer-support/places.geojson{query}").getvalue())["features"]
    return found


def test_an_address_nobody_placed_is_nowhere_shown_as_exact(client: Client, unplaced: Place) -> None:
    assert belgium.Point(unplaced.lat, unplaced.lon) == belgium.point_of("21015", "1030")
    html = client.get(f"/en/peer-support/places/{unplaced.slug}/").content.decode()
    assert "middle of the postal code" in html
    assert "dot--exact" not in html
    assert "Rue de l’Exemple 12" in html
    assert "x" not in features(client, "?brief=1")[0]["properties"]
    own = features(client)[0]["properties"]
    assert (own["point"], own["precision"], own["street"]) == ("municipality", "address", "Rue de l’Exemple 12")


def test_a_point_that_was_picked_is_exact(client: Client, unplaced: Place) -> None:
    change_place(place=unplaced, data=PlaceData.from_json(PlaceData.of(unplaced).as_json() | PICKED))
    html = client.get(f"/en/peer-support/places/{unplaced.slug}/").content.decode()
    assert "middle of the postal code" not in html
    assert "dot--exact" in html
    assert features(client, "?brief=1")[0]["properties"]["x"] == 1
    assert features(client)[0]["properties"]["point"] == "address"


def test_a_record_saved_again_does_not_become_exact(unplaced: Place) -> None:
    change_place(place=unplaced, data=PlaceData.from_json(PlaceData.of(unplaced).as_json() | {"phone": "02 512 00 00"}))
    assert Place.objects.get().is_to_place


def test_who_moves_is_to_be_placed_anew(now: datetime.datetime) -> None:
    place = create_place(data=said(**PICKED), notes=Notes(), now=now)
    assert place.is_point_placed
    change_place(place=place, data=said(nis="92094", postal_code="5000", street="Rue Neuve 1"))
    assert Place.objects.get().is_to_place


def test_a_municipality_is_never_exact() -> None:
    place = PlaceFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(pk=place.pk).update(is_point_placed=True)


def test_the_migration_knows_which_points_were_picked() -> None:
    """Before it nothing said so."""
    town = belgium.point_of("21015", "1030")
    assert town
    for slug, own in {"picked": PICKED, "postal": {"lat": town.lat, "lon": town.lon}}.items():
        PlaceFactory(slug=slug, precision="address", street="Rue de l’Exemple 12", **own)
    PlaceFactory(slug="hidden")
    import_module("cartography.migrations.0002_placed_points").note_placed_points(apps, None)
    assert {place.slug for place in Place.objects.filter(is_point_placed=True)} == {"picked"}
    assert {place.slug for place in Place.objects.to_place()} == {"postal"}
