"""A person in the room scans a code and confirms that she is there. From home, or by a robot, it does not work."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.core.people import browser_of, member
from tests.trainings.factories import AttendanceFactory, EnrolmentFactory, SessionFactory
from trainings.attendance.check_in import codes
from trainings.attendance.check_in.codes import code_at, is_right, opened
from trainings.attendance.merge import open_conflicts
from trainings.enums import AttendanceStatus, SessionStatus
from trainings.models import Attendance, AttendanceMark, CheckIn, Enrolment, MarkSource, Meeting

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def coordinator(db: None) -> Client:
    return browser_of(member("Coordinator"))


@pytest.fixture
def meeting() -> Meeting:
    """It began five minutes ago and lasts three hours; the code on the screen changes every minute."""
    session = SessionFactory(first_meeting_at=timezone.now() - 5 * MINUTE, check_in=CheckIn.SCREEN)
    made: Meeting = session.meetings.get()
    return made


@pytest.fixture
def enrolment(meeting: Meeting) -> Enrolment:
    made: Enrolment = EnrolmentFactory(session=meeting.session)
    return made


def page_of(meeting: Meeting, code: str = "") -> str:
    return reverse("trainings:check_in_by_code", args=[meeting.pk, code or code_at(meeting, timezone.now())])


def confirm(client: Client, meeting: Meeting, email: str, **more: Any) -> Any:
    """As a browser does: opens the page, then sends what the form holds."""
    page = client.get(page_of(meeting))
    form = page.context["form"]
    data = {"email": email, "opened": form.initial["opened"], "started": form.initial["started"], "website": ""}
    return client.post(page_of(meeting), data | more)


class TestTheCode:
    def test_a_code_on_a_screen_is_taken_for_three_minutes(self, meeting: Meeting) -> None:
        now = timezone.now()
        code = code_at(meeting, now)
        assert is_right(meeting, code, now)
        assert is_right(meeting, code.lower(), now + 2 * MINUTE)
        assert not is_right(meeting, code, now + 3 * MINUTE)
        assert not is_right(meeting, code_at(meeting, now + 3 * MINUTE), now), "one that is still to come"

    @pytest.mark.control
    def test_without_changing_it_a_photograph_sent_home_works_all_morning(self, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(codes, "_slot", lambda meeting, now: 0)
        code = code_at(meeting, timezone.now())
        assert is_right(meeting, code, timezone.now() + 120 * MINUTE)

    def test_a_code_on_the_wall_is_taken_around_the_hours_of_the_meeting(self, meeting: Meeting) -> None:
        meeting.session.check_in = CheckIn.WALL
        code = code_at(meeting, meeting.starts_at)
        assert is_right(meeting, code, meeting.starts_at - 25 * MINUTE)
        assert is_right(meeting, code, meeting.ends_at)
        assert not is_right(meeting, code, meeting.starts_at - 35 * MINUTE)
        assert not is_right(meeting, code, meeting.ends_at + MINUTE)

    def test_each_meeting_has_its_own(self, meeting: Meeting) -> None:
        other = SessionFactory(first_meeting_at=meeting.starts_at, check_in=CheckIn.SCREEN).meetings.get()
        assert not is_right(other, code_at(meeting, timezone.now()), timezone.now())

    @pytest.mark.parametrize("change", [{"check_in": CheckIn.NONE}, {"status": SessionStatus.CANCELLED}], ids=["off", "cancelled"])
    def test_where_nobody_checks_in_no_code_is_right(self, meeting: Meeting, change: dict[str, str]) -> None:
        for name, value in change.items():
            setattr(meeting.session, name, value)
        assert not is_right(meeting, code_at(meeting, timezone.now()), timezone.now())


class TestByEmail:
    def test_she_is_present_and_the_roll_says_that_she_said_so(self, client: Client, meeting: Meeting, enrolment: Enrolment) -> None:
        response = confirm(client, meeting, enrolment.email.upper())
        assert response.context["told"] == "noted"
        assert response.headers["Cache-Control"] == "no-store, private"
        assert "noindex" in response.headers["X-Robots-Tag"]
        mark = Attendance.objects.get()
        assert (mark.enrolment, mark.status, mark.minutes, mark.source) == (enrolment, "present", 180, MarkSource.CHECK_IN)

    def test_after_a_quarter_of_an_hour_she_is_late(self, client: Client, enrolment: Enrolment, meeting: Meeting) -> None:
        Meeting.objects.update(starts_at=timezone.now() - 60 * MINUTE, ends_at=timezone.now() + 120 * MINUTE)
        confirm(client, meeting, enrolment.email)
        mark = Attendance.objects.get()
        assert mark.status == "late"
        assert mark.minutes in {119, 120}

    def test_pressed_twice_it_counts_once(self, client: Client, meeting: Meeting, enrolment: Enrolment) -> None:
        assert [confirm(client, meeting, enrolment.email).context["told"] for _time in range(2)] == ["noted", "noted"]
        assert AttendanceMark.objects.count() == 1

    def test_what_the_trainer_noted_stays_and_she_decides(self, client: Client, meeting: Meeting, enrolment: Enrolment) -> None:
        AttendanceFactory(enrolment=enrolment, meeting=meeting, status=AttendanceStatus.ABSENT, minutes=0)
        assert confirm(client, meeting, enrolment.email).context["told"] == "to_decide"
        assert Attendance.objects.get().status == "absent"
        assert open_conflicts(meeting).count() == 1

    def test_whom_the_trainer_saw_is_told_so(self, client: Client, meeting: Meeting, enrolment: Enrolment) -> None:
        AttendanceFactory(enrolment=enrolment, meeting=meeting, status=AttendanceStatus.LATE, minutes=150)
        assert confirm(client, meeting, enrolment.email).context["told"] == "already"
        assert Attendance.objects.get().minutes == 150

    def test_who_has_no_seat_is_sent_to_the_trainer(self, client: Client, meeting: Meeting, enrolment: Enrolment) -> None:
        waiting = EnrolmentFactory(session=meeting.session, is_waiting=True)
        for email in ("stranger@example.org", waiting.email):
            assert confirm(client, meeting, email).context["told"] == "not_expected"
        assert not Attendance.objects.exists()


class TestFromHomeOrByARobot:
    def test_opening_the_page_notes_nobody(self, client: Client, meeting: Meeting, enrolment: Enrolment) -> None:
        assert client.get(page_of(meeting)).status_code == 200
        assert not Attendance.objects.exists()

    def test_a_wrong_code_opens_no_form(self, client: Client, meeting: Meeting) -> None:
        response = client.get(page_of(meeting, "AAAAAAAA"))
        assert response.status_code == 410
        assert "form" not in response.context

    def test_without_the_proof_of_a_right_code_nothing_is_noted(self, client: Client, meeting: Meeting, enrolment: Enrolment) -> None:
        other = SessionFactory(first_meeting_at=meeting.starts_at, check_in=CheckIn.SCREEN).meetings.get()
        for proof in ("", "made-up", opened(other)):
            assert confirm(client, meeting, enrolment.email, opened=proof).status_code == 422
        assert not Attendance.objects.exists()

    def test_the_proof_is_over_after_ten_minutes(self, client: Client, meeting: Meeting, enrolment: Enrolment, time_machine: Any) -> None:
        proof = opened(meeting)
        time_machine.move_to(timezone.now() + 11 * MINUTE)
        assert confirm(client, meeting, enrolment.email, opened=proof).status_code == 422
        assert not Attendance.objects.exists()

    def test_one_address_is_tried_a_few_times_only(self, client: Client, meeting: Meeting) -> None:
        answers = [confirm(client, meeting, "somebody@example.org").status_code for _try in range(8)]
        assert answers == [200] * 6 + [422] * 2

    def test_where_nobody_checks_in_there_is_no_such_page(self, client: Client) -> None:
        plain = SessionFactory(first_meeting_at=timezone.now()).meetings.get()
        assert client.get(page_of(plain)).status_code == 404


class TestByTheManageLink:
    def test_the_code_she_sees_is_enough(self, client: Client, meeting: Meeting, enrolment: Enrolment) -> None:
        url = reverse("trainings:check_in", args=[enrolment.token])
        assert url in client.get(reverse("trainings:manage_enrolment", args=[enrolment.token])).content.decode()
        started = client.get(url).context["form"].initial["started"]
        assert client.post(url, {"code": "AAAAAAAA", "started": started}).status_code == 422
        code = code_at(meeting, timezone.now())
        response = client.post(url, {"code": f"{code[:4]} {code[4:].lower()}", "started": started})
        assert response.context["told"] == "noted"
        assert Attendance.objects.get().enrolment == enrolment

    def test_outside_the_hours_there_is_no_door(self, client: Client, meeting: Meeting, enrolment: Enrolment) -> None:
        Meeting.objects.update(starts_at=timezone.now() + 60 * MINUTE, ends_at=timezone.now() + 120 * MINUTE)
        url = reverse("trainings:check_in", args=[enrolment.token])
        assert url not in client.get(reverse("trainings:manage_enrolment", args=[enrolment.token])).content.decode()
        assert client.get(url).status_code == 410


def test_the_trainer_shows_a_code_that_leads_to_the_form(coordinator: Client, client: Client, meeting: Meeting) -> None:
    page = coordinator.get(reverse("trainings_backoffice:check_in_code", args=[meeting.pk]))
    html = page.content.decode()
    assert "<svg" in html
    assert 'http-equiv="refresh"' in html
    assert client.get(page_of(meeting, page.context["code"])).status_code == 200
