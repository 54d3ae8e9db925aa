"""From the first reminder to the end or a new beginning, as the service, the reader and the map editor see it."""

import datetime

import pytest
import time_machine
from django.test import Client

from cartography.directory.freshness import months_before
from cartography.enums import PlaceStatus
from cartography.freshness.reminders import ask_for_confirmation
from cartography.models import MapPage, Place
from cartography.places.services import withdraw_place
from core.models import OutgoingMail
from tests.cartography.factories import PlaceFactory
from tests.trainings.forms import send
from tests.trainings.mail import links_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ageing(maps: dict[str, MapPage], now: datetime.datetime) -> Place:
    """Last checked eleven months ago."""
    made: Place = PlaceFactory(slug="tilleul", checked_on=months_before(now.date(), 11))
    return made


def months_later(now: datetime.datetime, months: int) -> datetime.datetime:
    return now + datetime.timedelta(days=31 * months)


def silent_for_three_months(place: Place, now: datetime.datetime) -> None:
    for month in range(4):
        ask_for_confirmation(now=months_later(now, month))
    place.refresh_from_db()


def page_of(client: Client, place: Place) -> str:
    return str(client.get(f"/en/peer-support/places/{place.slug}/").content.decode())


def test_silence_ends_in_a_mark_readers_see_everywhere(client: Client, ageing: Place, now: datetime.datetime) -> None:
    silent_for_three_months(ageing, now)
    assert ageing.status == PlaceStatus.TO_CONFIRM
    assert "To be confirmed" in page_of(client, ageing)
    listed = client.get(MapPage.objects.get(locale__language_code="en").url).content.decode()
    assert "to be confirmed" in listed
    assert "1 record is to be confirmed" in client.get("/en/peer-support/freshness/").content.decode()


def test_a_late_yes_makes_it_a_published_one_again(client: Client, ageing: Place, now: datetime.datetime) -> None:
    silent_for_three_months(ageing, now)
    last = OutgoingMail.objects.filter(to=ageing.email).order_by("created_at").last()
    assert last is not None
    url = next(each for each in links_in(last.text) if "toujours-exact" in each).replace("http://testserver", "")
    with time_machine.travel(months_later(now, 4)):
        send(client, url)
        ageing.refresh_from_db()
        assert (ageing.status, ageing.checked_by, ageing.reminder_count) == (PlaceStatus.PUBLISHED, "organisation", 0)
        assert "To be confirmed" not in page_of(client, ageing)
        assert not ask_for_confirmation(now=months_later(now, 4)).reminded


def test_nothing_disappears_by_itself(ageing: Place, now: datetime.datetime) -> None:
    silent_for_three_months(ageing, now)
    for month in range(4, 40):
        ask_for_confirmation(now=months_later(now, month))
    ageing.refresh_from_db()
    assert ageing.status == PlaceStatus.TO_CONFIRM
    assert OutgoingMail.objects.filter(to=ageing.email).count() == 3


def test_the_map_editor_takes_it_off_and_its_page_says_so(client: Client, ageing: Place, now: datetime.datetime) -> None:
    silent_for_three_months(ageing, now)
    withdraw_place(place=ageing, now=months_later(now, 8), reason="plus de réponse")
    response = client.get(f"/en/peer-support/places/{ageing.slug}/")
    assert response.status_code == 410
    assert "no longer on the map" in response.content.decode()
    assert "plus de réponse" not in response.content.decode(), "the reason is between Smes and the service"
    assert OutgoingMail.objects.filter(to=ageing.email, kind="cartography/mail/delisted").count() == 1
    assert [(step.from_status, step.to_status) for step in ageing.transitions.all()][-2:] == [
        ("published", "to_confirm"),
        ("to_confirm", "withdrawn"),
    ]


def test_the_ladder_is_as_long_as_the_months_of_the_calendar(ageing: Place, now: datetime.datetime) -> None:
    """A mail the day the month is full, none the day before."""
    ask_for_confirmation(now=now - datetime.timedelta(days=1))
    assert not OutgoingMail.objects.exists()
    ask_for_confirmation(now=now)
    assert OutgoingMail.objects.count() == 1
