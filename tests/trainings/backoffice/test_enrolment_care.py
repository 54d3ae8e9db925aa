"""Access needs that are seen without being read, an address that is corrected, a spreadsheet that can be used as it opens."""

import datetime
import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from tests.trainings.backoffice.conftest import browser_of, member
from tests.trainings.backoffice.test_enrolments import LISTING, act, look
from tests.trainings.factories import AttendanceFactory, EnrolmentFactory, SessionFactory
from trainings.models import Enrolment

pytestmark = pytest.mark.django_db


class TestAccessNeeds:
    """Whoever moves somebody sees that a room may not suit; what is needed is read by the trainers of the session."""

    def test_the_coordinator_sees_a_flag_and_no_words(self, coordinator: Client) -> None:
        enrolment = EnrolmentFactory(access_needs="fauteuil roulant")
        html = coordinator.get(reverse("trainings_enrolments:inspect", args=[enrolment.pk])).content.decode()
        assert "yes; the trainers of the session read which" in html
        assert "fauteuil" not in html
        session_page = coordinator.get(reverse("trainings_sessions:inspect", args=[enrolment.session_id])).content.decode()
        assert "1 person told of some" in session_page

    def test_a_room_with_steps_is_named_and_asked_about(self, coordinator: Client) -> None:
        enrolment = EnrolmentFactory(access_needs="fauteuil roulant")
        steps = SessionFactory(venue__is_step_free=False)
        page = look(coordinator, "move_enrolment", enrolment)
        assert "This person told of access needs." in page
        assert "not step-free" in page
        assert "is not known to be step-free" in act(coordinator, "move_enrolment", enrolment, to_session=steps.pk)
        assert enrolment.session != steps
        act(coordinator, "move_enrolment", enrolment, to_session=steps.pk, suits_access_needs="on")
        assert enrolment.session == steps

    def test_others_are_not_asked(self, coordinator: Client) -> None:
        enrolment, steps = EnrolmentFactory(), SessionFactory(venue__is_step_free=False)
        assert "step-free" not in look(coordinator, "move_enrolment", enrolment)
        act(coordinator, "move_enrolment", enrolment, to_session=steps.pk)
        assert enrolment.session == steps


class TestCorrectEmail:
    def test_it_is_corrected_logged_and_sent(self, coordinator: Client) -> None:
        enrolment = EnrolmentFactory(participant__email="ana@gmial.com")
        assert "ana@gmial.com" in look(coordinator, "correct_email", enrolment)
        act(coordinator, "correct_email", enrolment, email="ana@gmail.com")
        assert Enrolment.objects.get().email == "ana@gmail.com"
        entry = ModelLogEntry.objects.get(action="trainings.correct_email")
        assert entry.label == enrolment.reference
        assert "gmail" not in str(entry.data)

    def test_the_same_address_is_refused_with_words(self, coordinator: Client) -> None:
        enrolment = EnrolmentFactory()
        assert "known already" in act(coordinator, "correct_email", enrolment, email=enrolment.email)

    def test_who_sees_no_addresses_corrects_none(self) -> None:
        user = member("Trainer")
        user.user_permissions.add(Permission.objects.get(codename="change_enrolment"), Permission.objects.get(codename="view_any_session"))
        assert browser_of(user).get(reverse("trainings_backoffice:correct_email", args=[EnrolmentFactory().pk])).status_code != 200


class TestSpreadsheet:
    def rows(self, coordinator: Client, **query: str) -> Any:
        content = b"".join(coordinator.get(LISTING, {"export": "xlsx"} | query).streaming_content)  # type: ignore[attr-defined]
        return load_workbook(io.BytesIO(content)).active

    def test_it_holds_session_presence_and_hours_and_opens_readable(self, coordinator: Client) -> None:
        enrolment = EnrolmentFactory(session=SessionFactory(meetings=2))
        AttendanceFactory(enrolment=enrolment, minutes=90)
        sheet = self.rows(coordinator)
        heads, row = ([cell.value for cell in line] for line in sheet.iter_rows(max_row=2))
        facts = dict(zip(heads, row, strict=True))
        assert facts["Hours attended"] == 1.5
        assert (facts["Meetings"], facts["Meetings attended"]) == (2, 1)
        assert facts["First meeting"].date() == timezone.localtime(enrolment.session.meetings.first().starts_at).date()
        assert sheet.freeze_panes == "A2"
        assert sheet.column_dimensions["A"].width >= len(enrolment.reference)

    @pytest.mark.parametrize("by", ["meets", "module", "programme"])
    def test_it_can_be_of_one_period_module_or_programme(self, coordinator: Client, by: str) -> None:
        wanted = EnrolmentFactory(session__module__programme="support")
        EnrolmentFactory(session=SessionFactory(module__programme="connect", first_meeting_at=timezone.now() + datetime.timedelta(days=90)))
        day = timezone.localtime(wanted.session.meetings.first().starts_at)
        query = {
            "meets": {"meets_from": f"{day:%d/%m/%Y}", "meets_to": f"{day:%d/%m/%Y}"},
            "module": {"module": str(wanted.session.module_id)},
            "programme": {"programme": "support"},
        }[by]
        column = [line[0].value for line in self.rows(coordinator, **query).iter_rows(min_row=2)]
        assert column == [wanted.reference]
