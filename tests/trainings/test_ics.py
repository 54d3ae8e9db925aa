"""The calendar file of an enrolment."""

import datetime

import pytest
import vobject
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from core.text.safety import writable
from tests.trainings.factories import EnrolmentFactory, ModuleFactory, SessionFactory, make_sheets
from trainings.enrolment.announce import calendar_download, manage_url
from trainings.enrolment.calendar_files import publish_file
from trainings.enums import Delivery
from trainings.models import AnnouncedMeeting, Enrolment, Session

pytestmark = pytest.mark.django_db


def calendar_of(enrolment: Enrolment, language: str = "fr") -> Calendar:
    fresh = Enrolment.objects.get(pk=enrolment.pk)
    fresh.language = language
    content = calendar_download(fresh, now=timezone.now())
    assert content is not None
    return Calendar.from_ical(content)


def test_all_meetings_stand_in_one_file_with_hours_place_and_link() -> None:
    module = ModuleFactory()
    make_sheets(module, fr="Écouter, vraiment; bien", nl="Luisteren")
    start = timezone.make_aware(datetime.datetime(2026, 7, 7, 9, 30))
    session = SessionFactory(module=module, meetings=3, first_meeting_at=start)
    enrolment = EnrolmentFactory(session=session)

    calendar = calendar_of(enrolment)

    events = calendar.walk("VEVENT")
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert [str(event["SUMMARY"]) for event in events] == [f"Écouter, vraiment; bien ({n}/3)" for n in (1, 2, 3)]
    assert events[0].decoded("DTSTART") == datetime.datetime(2026, 7, 7, 7, 30, tzinfo=datetime.UTC)
    assert events[0].decoded("DTEND") == datetime.datetime(2026, 7, 7, 10, 30, tzinfo=datetime.UTC)
    assert len({str(event["UID"]) for event in events}) == 3
    assert all(event["SEQUENCE"] == 0 and event["STATUS"] == "CONFIRMED" and "DTSTAMP" in event for event in events)
    assert "1000 Bruxelles" in str(events[0]["LOCATION"])
    assert manage_url(enrolment) in str(events[0]["DESCRIPTION"])
    assert str(events[0]["URL"]) == manage_url(enrolment)
    assert str(calendar_of(enrolment, "nl").walk("VEVENT")[0]["SUMMARY"]).startswith("Luisteren")


def test_lines_are_folded_and_end_as_the_standard_asks() -> None:
    enrolment = EnrolmentFactory(session=SessionFactory(module=ModuleFactory(name="É" * 150)))
    content = calendar_download(enrolment, now=timezone.now())
    assert content is not None
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75


def test_on_line_the_place_is_the_link() -> None:
    session = SessionFactory(delivery=Delivery.ONLINE, venue=None, online_url="https://meet.example.org/x")
    [event] = calendar_of(EnrolmentFactory(session=session)).walk("VEVENT")
    assert str(event["LOCATION"]) == "https://meet.example.org/x"
    assert "https://meet.example.org/x" in str(event["DESCRIPTION"])


@given(text=st.text(st.characters(codec=None), max_size=80))
@example("Titre\x0bcollé \x02\x0c\x1f\ufffe\ud83c; a, b\\n\n fin")
@settings(max_examples=200, deadline=None)
def test_any_title_and_place_is_read_by_another_program(text: str) -> None:
    """Old rows hold what a PDF was pasted with."""
    now = timezone.now()
    enrolment = Enrolment(reference="ABC", session=Session(delivery=Delivery.ONLINE))
    entry = AnnouncedMeeting(meeting_id=1, starts_at=now, ends_at=now, stamped_at=now, sequence=0, summary=text, place=text)
    content = publish_file([entry], enrolment, "https://smes.example.org/x/")
    event = vobject.readOne(content.decode()).vevent
    said = writable(text).replace("\r\n", "\n").replace("\r", "\n")
    assert [event.summary.value, event.uid.value] == [said, "meeting-1-abc@trainings.smes"]
    assert getattr(event, "location", event.summary).value == said


def test_two_people_never_share_an_entry() -> None:
    session = SessionFactory()
    uids = {str(calendar_of(EnrolmentFactory(session=session)).walk("VEVENT")[0]["UID"]) for _person in range(2)}
    assert len(uids) == 2
