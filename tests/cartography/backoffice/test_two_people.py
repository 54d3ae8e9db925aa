"""Two people have the form of a place open: neither loses what the other saved (docs/decisions/0027)."""

import pytest
from django.test import Client
from django.urls import reverse

from cartography.models import Place
from core.backoffice.versions import views as versions
from tests.cartography.backoffice.conftest import browser_of
from tests.cartography.factories import PlaceFactory
from tests.versions import Tab

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(db: None) -> Client:
    return browser_of("Map")


def form_of(client: Client, place: Place) -> Tab:
    return Tab(client, reverse("cartography_places:edit", args=[place.pk]))


def test_a_phone_number_and_a_note_are_both_kept(map_editor: Client, colleague: Client) -> None:
    place = PlaceFactory(phone="02 511 00 00", internal_note="")
    mine, theirs = form_of(map_editor, place), form_of(colleague, place)
    theirs.save(phone="02 512 00 00")
    mine.save(internal_note="Rappeler en mars")
    place = Place.objects.get()
    assert (place.phone, place.internal_note) == ("02 512 00 00", "Rappeler en mars")


@pytest.mark.control
def test_without_the_mechanism_the_number_is_lost(map_editor: Client, colleague: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions.VersionedFormMixin, "compare", lambda self, form: None)
    place = PlaceFactory(phone="02 511 00 00")
    mine, theirs = form_of(map_editor, place), form_of(colleague, place)
    theirs.save(phone="02 512 00 00")
    mine.save(internal_note="Rappeler en mars")
    assert Place.objects.get().phone == "02 511 00 00"


def test_a_move_stays_while_somebody_else_corrects_the_name(map_editor: Client, colleague: Client) -> None:
    """The town, its code and the point are one fact in three fields."""
    place = PlaceFactory(is_exact=True)
    mine, theirs = form_of(map_editor, place), form_of(colleague, place)
    theirs.save(municipality="5000 Namur")
    moved = Place.objects.get()
    mine.save(name_fr="Un autre nom")
    place = Place.objects.get()
    assert place.name_fr == "Un autre nom"
    assert (place.nis, place.lat, place.lon) == (moved.nis, moved.lat, moved.lon)


def test_two_kinds_of_practice_are_asked_about_in_words(map_editor: Client, colleague: Client) -> None:
    place = PlaceFactory(practices=["volunteer"])
    mine, theirs = form_of(map_editor, place), form_of(colleague, place)
    theirs.save(practices=["volunteer", "employed"])
    mine.save(practices=["employed"])
    assert mine.questions == ["Peer practice"]
    mine.save(**mine.choose("practices", "mine"))
    assert Place.objects.get().practices == ["employed"]
