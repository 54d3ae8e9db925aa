"""A coordinator helps people: by phone, from the waiting list, to another session; and takes the list away as a spreadsheet."""

import datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from core.models import OutgoingMail
from tests.core.spreadsheets import sheet
from tests.trainings.factories import AttendanceFactory, CertificateFactory, EnrolmentFactory, ParticipantFactory, SessionFactory
from trainings.enums import EnrolmentStatus, SessionStatus
from trainings.models import Certificate, Enrolment, Trainer

pytestmark = pytest.mark.django_db

LISTING = "/admin/trainings/enrolments/"


def act(client: Client, name: str, enrolment: Enrolment, **data: Any) -> str:
    """Presses the button of a confirm page; returns the page that follows."""
    html = client.post(reverse(f"trainings_backoffice:{name}", args=[enrolment.pk]), data, follow=True).content.decode()
    enrolment.refresh_from_db()
    return html


def look(client: Client, name: str, enrolment: Enrolment) -> str:
    return client.get(reverse(f"trainings_backoffice:{name}", args=[enrolment.pk])).content.decode()


class TestByPhone:
    @pytest.fixture
    def data(self) -> dict[str, Any]:
        return {"session": SessionFactory().pk, "name": "Alix Exemple", "email": "Alix@Example.org", "language": "nl"}

    def enrol(self, client: Client, data: dict[str, Any]) -> str:
        return client.post(reverse("trainings_enrolments:add"), data, follow=True).content.decode()

    def test_somebody_gets_a_seat_and_a_mail(self, coordinator: Client, data: dict[str, Any]) -> None:
        html = self.enrol(coordinator, data)
        enrolment = Enrolment.objects.get()
        assert "has a seat" in html
        assert (enrolment.participant.email, enrolment.status, enrolment.language) == ("alix@example.org", "confirmed", "nl")
        assert OutgoingMail.objects.get().about == f"enrolment:{enrolment.pk}"

    def test_a_full_session_puts_on_the_waiting_list(self, coordinator: Client, data: dict[str, Any]) -> None:
        session = SessionFactory(capacity=1)
        EnrolmentFactory(session=session)
        assert "waiting list: number 1" in self.enrol(coordinator, data | {"session": session.pk})

    def test_twice_the_same_address_changes_nothing(self, coordinator: Client, data: dict[str, Any]) -> None:
        self.enrol(coordinator, data)
        assert "already" in self.enrol(coordinator, data)
        assert Enrolment.objects.count() == 1

    @pytest.mark.parametrize("kind", ["draft", "past"])
    def test_a_session_nobody_can_enrol_in_is_not_offered(self, coordinator: Client, data: dict[str, Any], kind: str) -> None:
        past = timezone.now() - datetime.timedelta(days=1)
        session = SessionFactory(status=SessionStatus.DRAFT) if kind == "draft" else SessionFactory(first_meeting_at=past)
        self.enrol(coordinator, data | {"session": session.pk})
        assert not Enrolment.objects.exists()

    def test_a_session_that_closed_says_so(self, coordinator: Client, data: dict[str, Any]) -> None:
        session = SessionFactory(enrolment_closes_at=timezone.now() - datetime.timedelta(hours=1))
        assert "Enrolment in this session is closed." in self.enrol(coordinator, data | {"session": session.pk})


class TestActions:
    def test_from_the_waiting_list_to_a_seat(self, coordinator: Client) -> None:
        enrolment = EnrolmentFactory(is_waiting=True)
        assert f"{enrolment.name} gets a mail." in look(coordinator, "confirm_enrolment", enrolment)
        act(coordinator, "confirm_enrolment", enrolment)
        assert enrolment.status == EnrolmentStatus.CONFIRMED
        assert OutgoingMail.objects.get().kind == "trainings/mail/enrolment_confirmed"

    def test_above_the_capacity_only_when_said_so(self, coordinator: Client) -> None:
        session = SessionFactory(capacity=1)
        EnrolmentFactory(session=session)
        enrolment = EnrolmentFactory(session=session, is_waiting=True)
        assert "No seat is free." in act(coordinator, "confirm_enrolment", enrolment)
        assert enrolment.status == EnrolmentStatus.WAITING
        act(coordinator, "confirm_enrolment", enrolment, over_capacity="on")
        assert enrolment.status == EnrolmentStatus.CONFIRMED

    def test_to_the_waiting_list_with_a_reason_in_the_history(self, coordinator: Client) -> None:
        enrolment = EnrolmentFactory()
        html = act(coordinator, "move_to_waiting", enrolment, reason="Two from one team")
        assert enrolment.status == EnrolmentStatus.WAITING
        assert "Two from one team" in html

    def test_to_another_session(self, coordinator: Client) -> None:
        enrolment, other = EnrolmentFactory(), SessionFactory()
        assert other.module.name in look(coordinator, "move_enrolment", enrolment)
        act(coordinator, "move_enrolment", enrolment, to_session=other.pk)
        assert enrolment.session == other

    def test_who_has_presences_does_not_move(self, coordinator: Client) -> None:
        enrolment, other = AttendanceFactory().enrolment, SessionFactory()
        assert "Presences were marked" in act(coordinator, "move_enrolment", enrolment, to_session=other.pk)
        assert enrolment.session != other

    def test_cancelling_frees_the_seat_and_a_second_time_is_harmless(self, coordinator: Client) -> None:
        enrolment = EnrolmentFactory(access_needs="boucle magnétique")
        act(coordinator, "cancel_enrolment", enrolment)
        act(coordinator, "cancel_enrolment", enrolment)
        assert (enrolment.status, enrolment.access_needs) == (EnrolmentStatus.CANCELLED, "")
        assert OutgoingMail.objects.count() == 1

    def test_a_cancelled_enrolment_is_not_confirmed(self, coordinator: Client) -> None:
        enrolment = EnrolmentFactory(is_cancelled=True)
        assert "does not allow this step" in act(coordinator, "confirm_enrolment", enrolment)

    def test_the_mail_goes_out_again_and_its_state_is_shown(self, coordinator: Client) -> None:
        enrolment = EnrolmentFactory()
        html = act(coordinator, "resend_mail", enrolment)
        mail = OutgoingMail.objects.get()
        assert mail.subject in html
        assert "queued" in html

    def test_a_failed_mail_says_why(self, coordinator: Client) -> None:
        enrolment = EnrolmentFactory()
        act(coordinator, "resend_mail", enrolment)
        OutgoingMail.objects.update(status="failed", latest_error="550 unknown mailbox")
        html = coordinator.get(reverse("trainings_enrolments:inspect", args=[enrolment.pk])).content.decode()
        assert "550 unknown mailbox" in html

    def test_the_manage_link_is_shown_to_nobody(self, coordinator: Client) -> None:
        enrolment = EnrolmentFactory()
        assert enrolment.token not in act(coordinator, "resend_mail", enrolment)

    def test_a_certificate_needs_a_name_our_fonts_have(self, coordinator: Client) -> None:
        session = SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(days=1))
        enrolment = AttendanceFactory(enrolment=EnrolmentFactory(session=session, name="ཀརྨ")).enrolment
        assert "none of our fonts has" in act(coordinator, "issue_certificate", enrolment)
        assert not Certificate.objects.exists()

    def test_a_certificate_needs_an_hour(self, coordinator: Client) -> None:
        session = SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(days=1))
        assert "nothing to attest" in act(coordinator, "issue_certificate", EnrolmentFactory(session=session))
        act(coordinator, "issue_certificate", AttendanceFactory(enrolment=EnrolmentFactory(session=session)).enrolment)
        assert "still to come" in act(coordinator, "issue_certificate", AttendanceFactory().enrolment)
        assert Certificate.objects.count() == 1

    def test_a_revoked_certificate_attests_nothing(self, coordinator: Client) -> None:
        certificate = CertificateFactory()
        coordinator.post(reverse("trainings_backoffice:revoke_certificate", args=[certificate.pk]))
        certificate.refresh_from_db()
        assert certificate.revoked_at is not None
        assert coordinator.get(reverse("trainings_backoffice:certificate_pdf", args=[certificate.pk])).status_code in {302, 404}

    def test_the_log_holds_no_name(self, coordinator: Client) -> None:
        enrolment = EnrolmentFactory(name="Canari Exemple", is_waiting=True)
        act(coordinator, "confirm_enrolment", enrolment)
        act(coordinator, "cancel_enrolment", enrolment, reason="x")
        labels = list(ModelLogEntry.objects.values_list("label", flat=True))
        assert labels == [enrolment.reference, enrolment.reference]


class TestListing:
    def test_search_by_name_reference_and_address(self, coordinator: Client) -> None:
        wanted = EnrolmentFactory(name="Alix Exemple", participant=ParticipantFactory(email="alix@example.org"))
        EnrolmentFactory(name="Bilal Exemple")
        for words in ("Alix", wanted.reference, "alix@example.org"):
            html = coordinator.get(LISTING, {"q": words}).content.decode()
            assert "Alix" in html
            assert "Bilal" not in html

    def test_filters_by_session_and_status(self, coordinator: Client) -> None:
        wanted = EnrolmentFactory(name="Alix Exemple", is_waiting=True)
        EnrolmentFactory(name="Bilal Exemple", session=wanted.session)
        EnrolmentFactory(name="Céline Exemple", is_waiting=True)
        html = coordinator.get(LISTING, {"session": wanted.session_id, "status": "waiting"}).content.decode()
        assert [name in html for name in ("Alix", "Bilal", "Céline")] == [True, False, False]

    def test_a_persons_history_is_three_clicks_away(self, coordinator: Client) -> None:
        enrolment = AttendanceFactory().enrolment
        participants = coordinator.get(reverse("trainings_participants:index")).content.decode()
        page = reverse("trainings_participants:inspect", args=[enrolment.participant_id])
        assert page in participants
        html = coordinator.get(page).content.decode()
        assert enrolment.session.name in html
        assert "3 h" in html


class TestExport:
    def test_names_typed_as_formulas_are_text(self, coordinator: Client) -> None:
        EnrolmentFactory(
            name="=cmd|' /C calc'!A0", function="@SUM(1+1)", organisation_name="+32 2", participant=ParticipantFactory(name="-1")
        )
        content = b"".join(coordinator.get(LISTING, {"export": "xlsx"}).streaming_content)  # type: ignore[attr-defined]
        cells = [cell for row in load_workbook(BytesIO(content)).active.iter_rows(min_row=2) for cell in row]
        texts = {cell.value for cell in cells}
        assert {"'=cmd|' /C calc'!A0", "'@SUM(1+1)", "'+32 2"} <= texts
        assert not any(cell.data_type == "f" for cell in cells)

    def test_control_characters_do_not_break_it(self, coordinator: Client) -> None:
        EnrolmentFactory(name="Alix\x0b\x1f Exemple")
        assert any("Alix Exemple" in row for row in sheet(coordinator, LISTING))

    def test_moments_are_on_the_clock_of_brussels(self, coordinator: Client) -> None:
        EnrolmentFactory(created_at=datetime.datetime(2026, 7, 1, 10, 0, tzinfo=datetime.UTC))
        assert sheet(coordinator, LISTING)[1][-4] == datetime.datetime(2026, 7, 1, 12, 0)

    def test_access_needs_are_in_no_export(self, coordinator: Client) -> None:
        EnrolmentFactory(access_needs="boucle magnétique")
        for name in ("enrolments", "participants", "sessions"):
            rows = sheet(coordinator, reverse(f"trainings_{name}:index"))
            assert len(rows) == 2
            assert "boucle" not in str(rows)

    def test_a_trainer_exports_her_own_sessions_without_addresses(self, as_trainer: Client, trainer: Trainer) -> None:
        session = SessionFactory()
        session.trainers.add(trainer)
        EnrolmentFactory(session=session, name="Mienne Exemple", participant=ParticipantFactory(email="mienne@example.org"))
        EnrolmentFactory(name="Autrui Exemple")
        rows = str(sheet(as_trainer, LISTING))
        assert "Mienne" in rows
        assert "Autrui" not in rows
        assert "mienne@example.org" not in rows

    def test_there_is_no_csv(self, coordinator: Client) -> None:
        EnrolmentFactory()
        response = coordinator.get(LISTING, {"export": "csv"})
        assert response["Content-Type"].startswith("text/html")
        html = coordinator.get(LISTING).content.decode()
        assert "export=csv" not in html
        assert "export=xlsx" in html
