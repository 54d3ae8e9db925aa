"""How long the trainings know a person, and what she gets or has erased when she asks."""

import datetime
import json
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from core.models import OutgoingMail
from tests.core.factories import OrganisationFactory, SectorFactory
from tests.core.people import member
from tests.trainings.factories import (
    AttendanceFactory,
    CertificateFactory,
    EnrolmentFactory,
    EnrolmentGroupFactory,
    InterestFactory,
    SessionFactory,
)
from tests.trainings.requests.factories import ProposalFactory, TrainingRequestFactory
from trainings.attendance.certificates import issue_for_session
from trainings.enrolment.enrol import EnrolmentData, enrol_participant
from trainings.enrolment.groups.enrol import enrol_group
from trainings.enrolment.groups.people import Colleague, GroupData
from trainings.enums import EnrolmentStatus, SessionStatus
from trainings.mailings.rules import note_team_lead
from trainings.models import Attendance, Certificate, Enrolment, EnrolmentGroup, Interest, Participant, Session
from trainings.planning.sessions import cancel_session
from trainings.privacy import NOBODY, erase_person, export_person, prune_enrolments

pytestmark = pytest.mark.django_db

CANARY = "Zéphyrine"
ADDRESS = "zephyrine.canari@example.org"


def ago(days: float) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def session_of(days: float, **fields: Any) -> Session:
    """Its only meeting ended so many days ago."""
    return SessionFactory(first_meeting_at=ago(days) - datetime.timedelta(hours=3), **fields)


def forgotten() -> set[int]:
    prune_enrolments(now=timezone.now())
    return set(Enrolment.objects.exclude(erased_at=None).values_list("pk", flat=True))


class TestPeriods:
    @pytest.mark.parametrize(("minutes", "goes"), [(-5, False), (5, True)])
    @pytest.mark.parametrize(
        ("days", "fields"),
        [(5 * 365 + 1, {}), (183, {"is_waiting": True}), (183, {"is_cancelled": True})],
        ids=["seat", "list", "cancelled"],
    )
    def test_each_ends_to_the_minute(self, days: int, fields: dict[str, Any], minutes: int, goes: bool) -> None:
        enrolment = EnrolmentFactory(session=session_of(days + minutes / 1440), **fields)
        assert forgotten() == ({enrolment.pk} if goes else set())

    def test_a_session_that_was_called_off_is_nobodys_presence(self) -> None:
        called_off = EnrolmentFactory(session=session_of(190, status=SessionStatus.CANCELLED))
        EnrolmentFactory(session=session_of(190))
        assert forgotten() == {called_off.pk}

    def test_the_latest_meeting_counts(self) -> None:
        EnrolmentFactory(session=SessionFactory(first_meeting_at=ago(185), meetings=2), is_waiting=True)
        assert forgotten() == set()

    def test_wishes_to_hear_of_a_date_end_as_well(self) -> None:
        InterestFactory(created_at=ago(15), confirmed_at=None)
        InterestFactory(created_at=ago(200), notified_at=ago(31))
        InterestFactory(created_at=ago(731))
        kept = [
            InterestFactory(created_at=ago(13), confirmed_at=None),
            InterestFactory(created_at=ago(200), notified_at=ago(29)),
            InterestFactory(created_at=ago(729)),
        ]
        assert prune_enrolments(now=timezone.now())["wishes to hear of a date"] == 3
        assert list(Interest.objects.order_by("pk")) == kept

    def test_a_dry_run_counts_and_forgets_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        EnrolmentFactory(session=session_of(190), is_waiting=True)
        call_command("run_duties", "--dry-run", "--only", "prune_enrolments")
        assert "prune_enrolments: 1 enrolments" in capsys.readouterr().out
        assert Enrolment.objects.known().count() == 1
        call_command("run_duties", only=["prune_enrolments"])
        assert "prune_enrolments: 1 enrolments" in capsys.readouterr().out
        assert Enrolment.objects.known().count() == 0


class TestWhatRemains:
    def test_who_came_is_still_counted(self) -> None:
        session, sector = session_of(2000), SectorFactory()
        for _person in range(2):
            AttendanceFactory(enrolment=EnrolmentFactory(session=session, sector=sector, organisation=OrganisationFactory()))
        prune_enrolments(now=timezone.now())
        assert session.enrolments.confirmed().filter(sector=sector, language="fr").count() == 2
        assert Attendance.objects.filter(meeting__session=session, status="present").count() == 2
        assert set(session.enrolments.values_list("name", "function", "organisation", "organisation_name")) == {(NOBODY, "", None, "")}
        assert not Participant.objects.exists()

    def test_somebody_who_is_still_coming_stays_a_participant(self) -> None:
        old = EnrolmentFactory(session=session_of(2000))
        new = EnrolmentFactory(participant=old.participant)
        assert forgotten() == {old.pk}
        assert Participant.objects.get() == new.participant

    def test_old_links_and_papers_lead_nowhere(self, client: Client) -> None:
        certificate = CertificateFactory(enrolment=EnrolmentFactory(session=session_of(2000)))
        old = reverse("trainings:manage_enrolment", args=[certificate.enrolment.token])
        assert client.get(old).status_code == 200
        prune_enrolments(now=timezone.now())
        assert client.get(old).status_code == 404
        assert not Certificate.objects.exists()

    def test_nothing_can_be_done_with_it_any_more(self) -> None:
        """Neither by the coordinator, nor by what writes to everybody of a session."""
        session = session_of(2000)
        enrolment = AttendanceFactory(enrolment=EnrolmentFactory(session=session)).enrolment
        prune_enrolments(now=timezone.now())
        coordinator = Client()
        coordinator.force_login(member("Coordinator"))
        assert coordinator.get(reverse("trainings_enrolments:inspect", args=[enrolment.pk]), follow=True).status_code == 404
        assert NOBODY not in coordinator.get(reverse("trainings_enrolments:index"), follow=True).content.decode()
        assert coordinator.get(reverse("trainings_backoffice:roll_call", args=[session.meetings.get().pk]), follow=True).status_code == 200
        assert issue_for_session(session=session, now=timezone.now(), by=None) == []
        cancel_session(session=session, message="", now=timezone.now(), by=member("Coordinator"))
        assert not OutgoingMail.objects.exists()


class TestOnePerson:
    @pytest.fixture
    def canary(self) -> Enrolment:
        """Known everywhere a person can be known."""
        person = EnrolmentData(
            name=f"{CANARY} Canari", email=ADDRESS, function=f"{CANARY} f", organisation_name=f"{CANARY} o", language="fr"
        )
        outcome = enrol_participant(session_id=SessionFactory().pk, person=person, now=timezone.now())
        enrolment: Enrolment = outcome.enrolment
        Enrolment.objects.filter(pk=enrolment.pk).update(access_needs=f"{CANARY} a")
        enrolment.transitions.update(reason=f"{CANARY} r")
        CertificateFactory(enrolment=enrolment, name=f"{CANARY} Canari")
        InterestFactory(email=ADDRESS)
        note_team_lead(enrolment=enrolment, name=f"{CANARY} l", email="lead@example.org", language="fr", now=timezone.now(), by=None)
        # Somebody else named her as team lead.
        note_team_lead(enrolment=EnrolmentFactory(), name=f"{CANARY} m", email=ADDRESS, language="fr", now=timezone.now(), by=None)
        request = TrainingRequestFactory(email=ADDRESS, name=f"{CANARY} Canari", purpose=CANARY, needs=CANARY, period=CANARY)
        request.transitions.update(reason=CANARY)
        ProposalFactory(request=request, introduction=CANARY, document={"attention": CANARY}, sent_at=timezone.now())
        log(enrolment, "trainings.confirm_enrolment", user=member("Coordinator"), title=enrolment.reference)
        return enrolment

    def test_she_gets_all_that_is_known_of_her_and_no_key(self, canary: Enrolment, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("person", "export", f" {ADDRESS.upper()}")
        told = capsys.readouterr().out
        trainings = json.loads(told)["trainings"]
        [known] = trainings["enrolments"]
        assert (known["name"], known["access_needs"], known["sector"]) == (f"{CANARY} Canari", f"{CANARY} a", "")
        assert [step["reason"] for step in known["history"]] == [f"{CANARY} r"]
        assert len(known["certificates"]) == len(trainings["wishes_to_hear_of_a_date"]) == len(trainings["mails"]) == 1
        [request] = trainings["requests"]
        assert (request["needs"], request["proposals"][0]["introduction"]) == (CANARY, CANARY)
        assert [lead["name"] for lead in known["team_lead"]] == [f"{CANARY} l"]
        assert [lead["name"] for lead in trainings["named_as_team_lead"]] == [f"{CANARY} m"]
        assert canary.token not in told
        assert not any(export_person("stranger@example.org").values())

    def test_of_a_group_she_answered_for_her_colleagues_keep_their_places(self) -> None:
        session = SessionFactory()
        contact = EnrolmentData(name=f"{CANARY} Canari", email=ADDRESS)
        told = GroupData(contact=contact, colleagues=(Colleague(name="Alex", email="alex@example.org"),), unnamed=1)
        enrol_group(session_id=session.pk, group=told, now=timezone.now())
        assert len(export_person(ADDRESS)["groups_of_colleagues"]) == 1

        erase_person(ADDRESS, now=timezone.now())

        assert list(session.enrolments.active().values_list("name", flat=True)) == ["Alex"]
        assert not Enrolment.objects.filter(name__contains=CANARY).exists()
        group = EnrolmentGroup.objects.get()
        assert (group.contact_name, group.contact_email) == (NOBODY, "")

    def test_a_contact_is_forgotten_with_the_last_of_her_colleagues(self) -> None:
        EnrolmentGroupFactory(session=session_of(5 * 365 + 2))
        recent = EnrolmentGroupFactory(session=session_of(3))
        prune_enrolments(now=timezone.now())
        assert list(EnrolmentGroup.objects.order_by("pk").values_list("contact_email", flat=True)) == ["", recent.contact_email]

    def test_nothing_of_her_is_left_in_any_table(self, canary: Enrolment, capsys: pytest.CaptureFixture[str]) -> None:
        assert len(where_known()) > 4
        call_command("person", "erase", ADDRESS, no_input=True)
        assert "trainings: 1 enrolments" in capsys.readouterr().out
        assert where_known() == []
        assert Enrolment.objects.known().count() == 1, "nobody else is touched"

    def test_her_seat_is_given_back(self, canary: Enrolment) -> None:
        erase_person(ADDRESS, now=timezone.now())
        canary.refresh_from_db()
        assert canary.status == EnrolmentStatus.CANCELLED
        assert not OutgoingMail.objects.filter(to=ADDRESS).exists(), "and no mail leaves for an address that is forgotten"


def where_known() -> list[str]:
    """Every table in which a word of the canary stands."""
    words = (CANARY.lower(), ADDRESS)
    return [
        model._meta.label
        for model in apps.get_models()
        if model._meta.managed and any(word in repr(row).lower() for row in model._base_manager.values_list() for word in words)
    ]
