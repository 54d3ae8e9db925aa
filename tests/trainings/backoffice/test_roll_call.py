"""A trainer marks who is there, tick by tick or with one button."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.core.people import browser_of, member
from tests.trainings.factories import AttendanceFactory, EnrolmentFactory, SessionFactory
from tests.versions import version_of
from trainings.enums import AttendanceStatus
from trainings.models import Attendance, Enrolment, Meeting, Trainer

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(trainer: Trainer) -> Meeting:
    """This morning's meeting of the trainer's session, three people expected."""
    session = SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(hours=1))
    session.trainers.add(trainer)
    for name in ("Alix Exemple", "Bilal Exemple", "Céline Exemple"):
        EnrolmentFactory(session=session, name=name)
    EnrolmentFactory(session=session, name="Wout Exemple", is_waiting=True)
    made: Meeting = session.meetings.get()
    return made


def url(name: str, meeting: Meeting) -> str:
    return reverse(f"trainings_backoffice:{name}", args=[meeting.pk])


def person(meeting: Meeting, name: str) -> Enrolment:
    return meeting.session.enrolments.get(name__startswith=name)


def tick(client: Client, meeting: Meeting, enrolment: Enrolment, status: str) -> Any:
    return client.post(url("mark", meeting), {"enrolment": enrolment.pk, "status": status})


class TestTicks:
    def test_each_tick_is_saved_at_once(self, as_trainer: Client, trainer: Trainer, meeting: Meeting) -> None:
        answer = tick(as_trainer, meeting, person(meeting, "Alix"), "present").json()
        assert answer == {"status": "present"}
        mark = Attendance.objects.get()
        assert (mark.enrolment.name, mark.status, mark.minutes, mark.marked_by) == ("Alix Exemple", "present", 180, trainer.user)

    def test_a_second_tick_replaces_the_first(self, as_trainer: Client, meeting: Meeting) -> None:
        tick(as_trainer, meeting, person(meeting, "Alix"), "present")
        tick(as_trainer, meeting, person(meeting, "Alix"), "excused")
        assert list(Attendance.objects.values_list("status", "minutes")) == [("excused", 0)]

    @pytest.mark.parametrize(("sent", "kept"), [("120", 120), ("", 180)])
    def test_who_came_late_has_fewer_minutes(self, as_trainer: Client, meeting: Meeting, sent: str, kept: int) -> None:
        data = {"enrolment": person(meeting, "Alix").pk, "status": "late", "minutes": sent}
        assert as_trainer.post(url("mark", meeting), data).status_code == 200
        assert Attendance.objects.get().minutes == kept

    @pytest.mark.parametrize("minutes", ["181", "-5", "x", "9" * 30])
    def test_impossible_minutes_are_refused(self, as_trainer: Client, meeting: Meeting, minutes: str) -> None:
        data = {"enrolment": person(meeting, "Alix").pk, "status": "late", "minutes": minutes}
        answer = as_trainer.post(url("mark", meeting), data)
        assert answer.status_code == 409
        assert "minutes" in answer.json()["error"]
        assert not Attendance.objects.exists()

    def test_an_empty_tick_takes_the_mark_away(self, as_trainer: Client, meeting: Meeting) -> None:
        tick(as_trainer, meeting, person(meeting, "Alix"), "present")
        assert tick(as_trainer, meeting, person(meeting, "Alix"), "").json() == {"status": ""}
        assert not Attendance.objects.exists()

    def test_who_waits_is_not_on_the_roll_and_cannot_be_marked(self, as_trainer: Client, meeting: Meeting) -> None:
        assert "Wout" not in as_trainer.get(url("roll_call", meeting)).content.decode()
        answer = tick(as_trainer, meeting, person(meeting, "Wout"), "present")
        assert answer.status_code == 409
        assert answer.json()["error"]

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"status": "present"},
            {"enrolment": "x", "status": "present"},
            {"enrolment": "9" * 40, "status": ""},
            {"enrolment": "1", "status": "asleep"},
        ],
    )
    def test_nonsense_gets_a_clear_answer(self, as_trainer: Client, meeting: Meeting, data: dict[str, str]) -> None:
        answer = as_trainer.post(url("mark", meeting), data)
        assert answer.status_code == 400
        assert answer.json()["error"]

    def test_somebody_of_another_session_is_unknown_here(self, as_trainer: Client, meeting: Meeting) -> None:
        stranger = EnrolmentFactory()
        as_trainer.post(url("mark", meeting), {"enrolment": stranger.pk, "status": "present"})
        assert not Attendance.objects.exists()

    def test_without_the_token_against_forgery_nothing_is_saved(self, trainer: Trainer, meeting: Meeting) -> None:
        client = Client(enforce_csrf_checks=True)
        assert trainer.user is not None
        client.force_login(trainer.user)
        assert tick(client, meeting, person(meeting, "Alix"), "present").status_code == 403
        assert not Attendance.objects.exists()


class TestWithoutJavaScript:
    def test_one_button_saves_what_changed(self, as_trainer: Client, meeting: Meeting) -> None:
        alix, bilal = person(meeting, "Alix"), person(meeting, "Bilal")
        data = {f"status-{alix.pk}": "present", f"shown-{alix.pk}": "", f"status-{bilal.pk}": "late", f"shown-{bilal.pk}": ""}
        response = as_trainer.post(url("roll_call", meeting), data, follow=True)
        assert dict(Attendance.objects.values_list("enrolment__name", "status")) == {"Alix Exemple": "present", "Bilal Exemple": "late"}
        assert "2 presences saved." in response.content.decode()

    def test_what_a_colleague_ticked_meanwhile_stays(self, as_trainer: Client, meeting: Meeting) -> None:
        alix, bilal = person(meeting, "Alix"), person(meeting, "Bilal")
        AttendanceFactory(enrolment=alix, meeting=meeting, status=AttendanceStatus.EXCUSED, minutes=0)
        data = {f"status-{alix.pk}": "", f"shown-{alix.pk}": "", f"status-{bilal.pk}": "present", f"shown-{bilal.pk}": ""}
        as_trainer.post(url("roll_call", meeting), data)
        assert Attendance.objects.get(enrolment=alix).status == "excused"

    def test_minutes_of_somebody_late_are_corrected(self, as_trainer: Client, meeting: Meeting) -> None:
        alix = person(meeting, "Alix")
        AttendanceFactory(enrolment=alix, meeting=meeting, status=AttendanceStatus.LATE, minutes=180)
        data = {f"status-{alix.pk}": "late", f"shown-{alix.pk}": "late", f"minutes-{alix.pk}": "90", f"shown-minutes-{alix.pk}": "180"}
        as_trainer.post(url("roll_call", meeting), data)
        assert Attendance.objects.get().minutes == 90

    def test_a_mark_can_be_taken_away(self, as_trainer: Client, meeting: Meeting) -> None:
        alix = person(meeting, "Alix")
        AttendanceFactory(enrolment=alix, meeting=meeting)
        as_trainer.post(url("roll_call", meeting), {f"status-{alix.pk}": "", f"shown-{alix.pk}": "present"})
        assert not Attendance.objects.exists()


class TestClosing:
    def test_the_page_says_how_many_will_be_absent_and_changes_nothing(self, as_trainer: Client, meeting: Meeting) -> None:
        tick(as_trainer, meeting, person(meeting, "Alix"), "present")
        assert "2 people without a mark will be noted absent." in as_trainer.get(url("close_roll", meeting)).content.decode()
        meeting.refresh_from_db()
        assert meeting.roll_closed_at is None

    def test_closing_notes_the_others_absent(self, as_trainer: Client, meeting: Meeting) -> None:
        tick(as_trainer, meeting, person(meeting, "Alix"), "present")
        as_trainer.post(url("close_roll", meeting))
        meeting.refresh_from_db()
        assert meeting.roll_closed_at is not None
        assert Attendance.objects.filter(status="absent").count() == 2

    def test_a_closed_roll_can_still_be_corrected(self, as_trainer: Client, meeting: Meeting) -> None:
        as_trainer.post(url("close_roll", meeting))
        tick(as_trainer, meeting, person(meeting, "Alix"), "late")
        assert Attendance.objects.get(enrolment=person(meeting, "Alix")).status == "late"


class TestAccessNeeds:
    """The promise of the enrolment form: the trainers of this very session."""

    @pytest.fixture(autouse=True)
    def _needs(self, meeting: Meeting) -> None:
        meeting.session.enrolments.filter(name__startswith="Alix").update(access_needs="boucle magnétique")

    def test_the_sessions_trainer_reads_them(self, as_trainer: Client, meeting: Meeting) -> None:
        assert "boucle magnétique" in as_trainer.get(url("roll_call", meeting)).content.decode()
        page = as_trainer.get(reverse("trainings_enrolments:inspect", args=[person(meeting, "Alix").pk]))
        assert "boucle magnétique" in page.content.decode()

    def test_a_coordinator_does_not(self, coordinator: Client, meeting: Meeting) -> None:
        alix = person(meeting, "Alix")
        for path in (
            url("roll_call", meeting),
            reverse("trainings_enrolments:inspect", args=[alix.pk]),
            reverse("trainings_enrolments:index"),
            reverse("trainings_backoffice:change_enrolment", args=[alix.pk]),
        ):
            response = coordinator.get(path)
            assert response.status_code == 200
            assert "boucle" not in response.content.decode()

    def test_a_search_for_them_finds_nobody(self, as_trainer: Client, meeting: Meeting) -> None:
        assert "Alix" not in as_trainer.get(reverse("trainings_enrolments:index"), {"q": "boucle"}).content.decode()

    def test_who_holds_the_permission_reads_them(self, meeting: Meeting) -> None:
        user = member("Coordinator")
        user.user_permissions.add(Permission.objects.get(codename="view_access_needs"))
        assert "boucle magnétique" in browser_of(user).get(url("roll_call", meeting)).content.decode()

    def test_a_correction_by_a_coordinator_keeps_them(self, coordinator: Client, meeting: Meeting) -> None:
        alix = person(meeting, "Alix")
        form = reverse("trainings_backoffice:change_enrolment", args=[alix.pk])
        coordinator.post(form, {"name": "Alix Corrigée", "language": "fr"} | version_of(coordinator, form))
        alix.refresh_from_db()
        assert (alix.name, alix.access_needs) == ("Alix Corrigée", "boucle magnétique")
