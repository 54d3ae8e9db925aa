"""A place shows the one thing to do next, and what is missing for it."""

import pytest
from django.test import Client

from cartography.enums import PlaceStatus
from cartography.models import Place
from tests.cartography.backoffice.pages import page
from tests.cartography.factories import PlaceFactory, SubmissionFactory
from tests.html import texts

pytestmark = pytest.mark.django_db

STEP = ".smes-next a.button"


def step(client: Client, place: Place) -> list[str]:
    return texts(page(client, "cartography_places:inspect", place.pk), STEP)


def test_a_draft_is_published_and_says_what_it_lacks(map_editor: Client) -> None:
    place = PlaceFactory(is_draft=True, is_location_verified=False, email="")
    html = page(map_editor, "cartography_places:inspect", place.pk)
    assert texts(html, STEP) == ["Publish the place"]
    assert "Nobody has verified its municipality." in html
    assert f"/edit/{place.pk}/#id_email" in html
    assert "Nobody has verified its municipality." in page(map_editor, "cartography_backoffice:publish_place", place.pk)


def test_one_to_be_confirmed_is_checked(map_editor: Client) -> None:
    assert step(map_editor, PlaceFactory(status=PlaceStatus.TO_CONFIRM)) == ["Mark as checked"]


def test_one_nobody_looked_at_for_long_is_checked(map_editor: Client) -> None:
    place = PlaceFactory(checked_on="2020-01-01")
    html = page(map_editor, "cartography_places:inspect", place.pk)
    assert texts(html, STEP) == ["Mark as checked"]
    assert "for eighteen months" in html


def test_a_message_about_it_comes_first(map_editor: Client) -> None:
    place = PlaceFactory(status=PlaceStatus.TO_CONFIRM)
    SubmissionFactory(place=place)
    assert step(map_editor, place) == ["Answer the message about it"]


def test_a_fresh_one_and_a_withdrawn_one_need_nothing(map_editor: Client) -> None:
    for place in (PlaceFactory(), PlaceFactory(status=PlaceStatus.WITHDRAWN)):
        assert step(map_editor, place) == []
