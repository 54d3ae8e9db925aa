"""The sheet of a module."""

import datetime
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from tests.html import texts
from tests.trainings.factories import EnrolmentFactory, MeetingFactory, ModuleFactory, SessionFactory, make_sheets
from trainings.models import Module, ModulePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def module() -> Module:
    made: Module = ModuleFactory(days="1.5", price=90, group_min=6, group_max=12, languages=["fr", "nl"])
    make_sheets(made, fr="Écouter", nl="Luisteren", en="Listening")
    ModulePage.objects.update(audience="<ul><li>social workers</li></ul>", outcomes="<p>to listen</p>", prerequisites="<p>nothing</p>")
    return made


def sheet(module: Module, language: str = "en") -> ModulePage:
    found: ModulePage = module.pages.get(locale__language_code=language)
    return found


def read(client: Client, module: Module) -> str:
    return client.get(sheet(module).url).content.decode()


def test_the_sheet_says_for_whom_what_how_long_how_many_and_what_price(client: Client, module: Module) -> None:
    html = read(client, module)
    for words in ("Who it is for", "social workers", "to listen", "nothing", "1.5 days", "6 to 12 people", "90 €", "French, Dutch"):
        assert words in html


def test_a_session_of_several_days_is_one_with_all_its_meetings(client: Client, module: Module) -> None:
    session = SessionFactory(module=module, meetings=3, capacity=5)
    EnrolmentFactory(session=session)
    html = read(client, module)
    assert len(texts(html, ".session__date")) == 1
    assert len(texts(html, "time")) == 3
    assert "3 meetings, one enrolment for the whole" in html
    assert "4 places left" in html
    assert session.reference in html


def test_morning_and_afternoon_of_a_day_are_one_line(client: Client, module: Module) -> None:
    session = SessionFactory(module=module, meetings=0)
    for day, hour in ((7, 8), (7, 12), (14, 8)):
        starts_at = datetime.datetime(2031, 1, day, hour, 30, tzinfo=datetime.UTC)
        MeetingFactory(session=session, starts_at=starts_at, ends_at=starts_at + datetime.timedelta(hours=3))
    html = read(client, module)
    assert texts(html, "time") == ["Tuesday 7 January 2031, 9.30 to 12.30 and 13.30 to 16.30", "Tuesday 14 January 2031, 9.30 to 12.30"]
    assert "3 meetings, one enrolment for the whole" in html


def test_an_example_carries_its_mark_and_says_what_is_invented(client: Client, module: Module) -> None:
    other = ModuleFactory(is_example=True)
    make_sheets(other, fr="Inventé", nl="Bedacht", en="Invented")
    module.related.add(other)
    assert len(texts(read(client, module), ".mark-example")) == 1, "the related sheet"
    Module.objects.update(is_example=True)
    html = read(client, module)
    assert len(texts(html, ".mark-example")) == 2
    assert "This sheet is an example" in html


def test_a_training_for_a_team_is_asked_for_and_no_date_is_promised(client: Client, module: Module) -> None:
    """A date for one team is never announced to others."""
    Module.objects.update(format="team")
    html = read(client, module)
    with translation.override("en"):
        asked = f'href="{reverse("trainings:request_training")}?module={module.number}"'
    assert html.count(asked) == 2, "on top and where the dates would stand"
    assert "Tell me" not in html
    EnrolmentFactory(session=SessionFactory(module=module, capacity=1))
    assert "Tell me" in read(client, module), "an open session that is full may have a sister"


def test_the_practical_block_tells_how_to_get_there_and_in_but_not_the_link(client: Client, module: Module) -> None:
    SessionFactory(module=module, delivery="hybrid", online_url="https://meet.example.org/secret")
    html = read(client, module)
    for words in ("Rue de l’Exemple 12, 1000 Bruxelles", "De Brouckère (M1, M5)", "Step-free access", "You get the link by mail"):
        assert words in html
    assert "meet.example.org" not in html


def test_a_session_that_no_longer_takes_people_has_no_button(client: Client, module: Module) -> None:
    SessionFactory(module=module, enrolment_closes_at=timezone.now() - datetime.timedelta(days=1))
    html = read(client, module)
    assert "enrolment closed" in html
    assert ">Enrol<" not in html
    assert "Tell me when a date is set" in html


def test_search_engines_read_the_course_and_its_dates(client: Client, module: Module) -> None:
    ModulePage.objects.update(intro="</script><script>alert(1)</script>")
    session = SessionFactory(module=module, meetings=2, capacity=5)
    html = read(client, module)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    course = json.loads(found.group(1))
    assert course["@type"] == "Course"
    assert course["name"] == "Listening"
    assert course["offers"]["price"] == 90
    (instance,) = course["hasCourseInstance"]
    assert instance["courseWorkload"] == "PT360M"
    assert instance["remainingAttendeeCapacity"] == 5
    assert instance["startDate"] == timezone.localtime(session.meetings.first().starts_at).isoformat()
    assert "<script>alert" not in html


def test_the_sheet_costs_at_most_twelve_queries_however_many_sessions(client: Client, module: Module) -> None:
    other = ModuleFactory()
    make_sheets(other)
    module.related.add(other)
    SessionFactory(module=module)
    url = sheet(module).url
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _each in range(6):
        EnrolmentFactory(session=SessionFactory(module=module, meetings=3))
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(one) == len(many)
    assert len(many) <= 12, [query["sql"][:120] for query in many]


def test_a_private_sheet_stays_private(client: Client, module: Module) -> None:
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=sheet(module), restriction_type="login")
    assert client.get(sheet(module).url).status_code == 302


def test_a_sheet_that_is_not_live_is_not_found(client: Client, module: Module) -> None:
    page = sheet(module)
    url = page.url
    page.unpublish()
    assert client.get(url).status_code == 404
    assert client.get(url + "more/").status_code == 404
