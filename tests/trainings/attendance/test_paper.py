"""The paper sheet is typed back on one screen, with the keyboard alone."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.core.people import browser_of, member
from tests.trainings.factories import AttendanceFactory, EnrolmentFactory, SessionFactory
from trainings.attendance.merge import Standing, open_conflicts
from trainings.attendance.paper import NotUnderstood, parse_typed, typed_as
from trainings.enums import AttendanceStatus
from trainings.models import Attendance, Enrolment, MarkSource, Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    """Three hours this morning."""
    made: Meeting = SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(hours=4)).meetings.get()
    return made


@pytest.fixture
def coordinator(db: None) -> Client:
    return browser_of(member("Coordinator"))


@pytest.mark.parametrize(
    ("typed", "status", "minutes"),
    [
        ("+", "present", 180),
        ("180", "present", 180),
        (" 90 ", "late", 90),
        ("0", "absent", 0),
        ("-", "absent", 0),
        ("e", "excused", 0),
        ("V", "excused", 0),
        ("", "", 0),
    ],
)
def test_few_keys_say_it_all(meeting: Meeting, typed: str, status: str, minutes: int) -> None:
    assert parse_typed(typed, meeting) == Standing(status, minutes)


@pytest.mark.parametrize("typed", ["181", "a", "p", "1h", "++", "99999", "²"])
def test_what_could_mean_two_things_is_refused(meeting: Meeting, typed: str) -> None:
    with pytest.raises(NotUnderstood):
        parse_typed(typed, meeting)


def test_what_stands_is_written_with_the_same_keys(meeting: Meeting) -> None:
    for typed in ("+", "90", "e", "-", ""):
        assert typed_as(parse_typed(typed, meeting)) == typed


class TestTheScreen:
    @pytest.fixture
    def people(self, meeting: Meeting) -> list[Enrolment]:
        return [EnrolmentFactory(session=meeting.session, name=f"{letter} Exemple") for letter in "ABCD"]

    def send(self, client: Client, meeting: Meeting, people: list[Enrolment], *typed: str, shown: str = "") -> Any:
        data = {f"mark-{each.pk}": text for each, text in zip(people, typed, strict=True)}
        data |= {f"shown-{each.pk}": shown for each in people}
        return client.post(reverse("trainings_backoffice:paper_roll", args=[meeting.pk]), data)

    def marks(self) -> dict[str, tuple[str, int]]:
        rows = Attendance.objects.values_list("enrolment__name", "status", "minutes")
        return {name[0]: (status, minutes) for name, status, minutes in rows}

    def test_everybody_in_one_go(self, coordinator: Client, meeting: Meeting, people: list[Enrolment]) -> None:
        response = self.send(coordinator, meeting, people, "+", "90", "e", "")
        assert response["Location"] == reverse("trainings_backoffice:roll_call", args=[meeting.pk])
        assert self.marks() == {"A": ("present", 180), "B": ("late", 90), "C": ("excused", 0)}
        assert set(Attendance.objects.values_list("source", flat=True)) == {MarkSource.PAPER}

    def test_what_is_not_understood_stays_as_typed_and_the_rest_is_kept(
        self, coordinator: Client, meeting: Meeting, people: list[Enrolment]
    ) -> None:
        response = self.send(coordinator, meeting, people, "+", "x", "-", "")
        assert response.status_code == 422
        html = response.content.decode()
        assert 'value="x"' in html
        assert html.count('aria-invalid="true"') == 1
        assert self.marks() == {"A": ("present", 180), "C": ("absent", 0)}

    def test_what_a_trainer_ticked_meanwhile_is_not_lost(self, coordinator: Client, meeting: Meeting, people: list[Enrolment]) -> None:
        AttendanceFactory(enrolment=people[0], meeting=meeting, status=AttendanceStatus.EXCUSED, minutes=0)
        self.send(coordinator, meeting, people, "+", "", "", "")
        assert self.marks() == {"A": ("excused", 0)}
        assert open_conflicts(meeting).count() == 1

    def test_the_screen_shows_what_stands(self, coordinator: Client, meeting: Meeting, people: list[Enrolment]) -> None:
        AttendanceFactory(enrolment=people[1], meeting=meeting, status=AttendanceStatus.LATE, minutes=75)
        html = coordinator.get(reverse("trainings_backoffice:paper_roll", args=[meeting.pk])).content.decode()
        assert html.count('value="75"') == 2, "in the field, and as what was shown"
