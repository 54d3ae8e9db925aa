"""Following the dates of the catalogue: a calendar and a feed for any filter."""

import datetime

import feedparser
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests.trainings.factories import ModuleFactory, SessionFactory, make_catalogue, make_sheets
from trainings.models import Session

pytestmark = pytest.mark.django_db


def dated(title: str, **facts: object) -> Session:
    module = ModuleFactory()
    make_sheets(module, fr=f"{title} (fr)", nl=f"{title} (nl)", en=title)
    made: Session = SessionFactory(module=module, **facts)
    return made


@pytest.fixture(autouse=True)
def _catalogue() -> None:
    make_catalogue()


def events(client: Client, query: str = "", language: str = "en") -> list[str]:
    response = client.get(f"/{language}/trainings.ics{query}")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(response.content).walk("VEVENT")]


class TestCalendar:
    def test_every_meeting_of_every_date_to_come_soonest_first(self, client: Client) -> None:
        dated("Later", first_meeting_at=timezone.now() + datetime.timedelta(days=60))
        dated("Soon", meetings=2)
        assert events(client) == ["Soon (1/2)", "Soon (2/2)", "Later"]

    def test_only_what_answers_the_filters(self, client: Client) -> None:
        dated("In Dutch", language="nl")
        dated("In French", language="fr")
        assert events(client, "?language=nl") == ["In Dutch"]
        call_command("update_index", verbosity=0)
        assert events(client, "?q=French") == ["In French"]

    def test_in_the_language_of_the_reader(self, client: Client) -> None:
        dated("Listening")
        assert events(client, language="nl") == ["Listening (nl)"]

    def test_the_link_to_a_meeting_online_stays_in_the_mail(self, client: Client) -> None:
        dated("Online", delivery="online", online_url="https://meet.example.org/secret", venue=None)
        dated("Both", delivery="hybrid", online_url="https://meet.example.org/secret")
        assert b"meet.example.org" not in client.get("/en/trainings.ics").content

    def test_what_is_drafted_cancelled_or_over_is_not_in_it(self, client: Client) -> None:
        dated("Draft", status="draft")
        dated("Cancelled", status="cancelled")
        dated("Over", first_meeting_at=timezone.now() - datetime.timedelta(days=3))
        assert events(client) == []

    def test_an_event_leads_to_its_sheet_and_keeps_its_id_when_its_date_moves(self, client: Client) -> None:
        session = dated("Listening")
        before = Calendar.from_ical(client.get("/en/trainings.ics").content).walk("VEVENT")[0]
        assert client.get(str(before["URL"]).replace("http://testserver", "")).status_code == 200
        meeting = session.meetings.get()
        meeting.starts_at, meeting.ends_at = (moment + datetime.timedelta(days=1) for moment in (meeting.starts_at, meeting.ends_at))
        meeting.save()
        after = Calendar.from_ical(client.get("/en/trainings.ics").content).walk("VEVENT")[0]
        assert (after["UID"], after["DTSTART"].dt) == (before["UID"], before["DTSTART"].dt + datetime.timedelta(days=1))

    def test_it_takes_as_many_queries_for_ten_dates_as_for_one(self, client: Client, django_assert_max_num_queries: object) -> None:
        dated("One")
        with django_assert_max_num_queries(9) as few:  # type: ignore[operator]
            client.get("/en/trainings.ics")
        for number in range(9):
            dated(f"Another {number}")
        with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
            client.get("/en/trainings.ics")


class TestFeed:
    def test_an_independent_reader_finds_each_date_once_the_newest_first(self, client: Client) -> None:
        dated("First")
        second = dated("Second", language="nl")
        parsed = feedparser.parse(client.get("/en/trainings.atom").content)
        assert not parsed.bozo
        assert [entry.title.split(":")[0] for entry in parsed.entries] == ["Second", "First"]
        assert parsed.entries[0].id == f"urn:smes:session:{second.reference}"
        assert [entry.title.split(":")[0] for entry in feedparser.parse(client.get("/en/trainings.atom?language=nl").content).entries] == [
            "Second"
        ]

    def test_a_title_pasted_from_a_pdf_does_not_end_the_feed(self, client: Client) -> None:
        dated("Listen\x0bing")
        assert not feedparser.parse(client.get("/en/trainings.atom").content).bozo
        assert len(events(client)) == 1

    def test_who_has_the_latest_is_told_so(self, client: Client) -> None:
        dated("Listening")
        first = client.get("/en/trainings.atom")
        assert client.get("/en/trainings.atom", headers={"if-modified-since": first["Last-Modified"]}).status_code == 304


def test_the_catalogue_links_both_with_its_filters(client: Client) -> None:
    session = dated("Listening", language="nl")
    catalogue = session.module.pages.get(locale__language_code="en").get_parent().get_url()  # type: ignore[union-attr]
    page = client.get(f"{catalogue}?language=nl").content.decode()
    assert 'href="/en/trainings.ics?language=nl"' in page
    assert 'href="/en/trainings.atom?language=nl"' in page
