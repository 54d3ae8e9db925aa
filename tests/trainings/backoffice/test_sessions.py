"""A coordinator runs sessions: finds them, edits them, publishes, duplicates, cancels, certifies."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import OutgoingMail
from tests.core.factories import OrganisationFactory
from tests.trainings.backoffice.session_form import form_data, save
from tests.trainings.factories import (
    AttendanceFactory,
    CertificateFactory,
    EnrolmentFactory,
    InterestFactory,
    MeetingFactory,
    ModuleFactory,
    SessionFactory,
    make_sheets,
)
from trainings.enums import SessionStatus
from trainings.models import Certificate, Session

pytestmark = pytest.mark.django_db

LISTING = "/admin/trainings/sessions/"


def act(client: Client, name: str, session: Session, **data: Any) -> str:
    """Presses the button of a confirm page; returns the page that follows."""
    return client.post(reverse(f"trainings_backoffice:{name}", args=[session.pk]), data, follow=True).content.decode()


def look(client: Client, name: str, session: Session) -> str:
    return client.get(reverse(f"trainings_backoffice:{name}", args=[session.pk])).content.decode()


def days(count: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=count)


class TestListing:
    def test_it_shows_seats_waiting_status_and_roll_calls(self, coordinator: Client) -> None:
        session = SessionFactory(capacity=15, first_meeting_at=days(-1))
        EnrolmentFactory.create_batch(2, session=session)
        EnrolmentFactory(session=session, is_waiting=True)
        html = coordinator.get(LISTING).content.decode()
        for text in (session.reference, "2/15", "1 waiting", "published", "1 to do", session.venue.name):
            assert text in html
        assert session.reference not in html.partition('class="title')[2].partition("</td>")[0], "a column of its own, not in bold"

    @pytest.mark.parametrize(
        ("query", "wanted"),
        [
            ({"period": "upcoming"}, {"next", "full", "draft"}),
            ({"period": "past"}, {"past"}),
            ({"status": "draft"}, {"draft"}),
            ({"rolls": "due"}, {"past"}),
            ({"seats": "full"}, {"full"}),
            ({"seats": "free"}, {"next", "past", "draft"}),
            ({"language": "nl"}, {"draft"}),
            ({"q": "Sorcières"}, {"next"}),
        ],
    )
    def test_filters_and_search(self, coordinator: Client, query: dict[str, str], wanted: set[str]) -> None:
        sessions = {
            "next": SessionFactory(module=ModuleFactory(name="Chasse aux Sorcières"), first_meeting_at=days(3)),
            "past": SessionFactory(first_meeting_at=days(-3)),
            "full": SessionFactory(capacity=1, first_meeting_at=days(5)),
            "draft": SessionFactory(status=SessionStatus.DRAFT, language="nl", first_meeting_at=days(9)),
        }
        EnrolmentFactory(session=sessions["full"])
        html = coordinator.get(LISTING, query).content.decode().partition('id="listing-results"')[2]
        assert {name for name, session in sessions.items() if session.reference in html} == wanted

    def test_a_free_seat_somebody_waits_for_is_found(self, coordinator: Client) -> None:
        claimed, free = SessionFactory(), SessionFactory()
        EnrolmentFactory(session=claimed, is_waiting=True)
        html = coordinator.get(LISTING, {"seats": "claimed"}).content.decode()
        assert claimed.reference in html
        assert free.reference not in html

    def test_it_is_ordered_by_the_first_day(self, coordinator: Client) -> None:
        later, sooner = SessionFactory(first_meeting_at=days(20)), SessionFactory(first_meeting_at=days(2))
        html = coordinator.get(LISTING, {"ordering": "starts_at"}).content.decode()
        assert html.index(sooner.reference) < html.index(later.reference)


class TestForm:
    def test_a_new_session_with_two_meetings_is_a_draft(self, coordinator: Client) -> None:
        model = SessionFactory()
        data = {
            "kind": "open_training",
            "module": model.module.pk,
            "language": "nl",
            "delivery": "on_site",
            "venue": model.venue.pk,
            "capacity": 9,
            "freed_seats": "automatic",
            "kept_seats": 0,
            "meetings-TOTAL_FORMS": 2,
            "meetings-INITIAL_FORMS": 0,
            "meetings-MIN_NUM_FORMS": 0,
            "meetings-MAX_NUM_FORMS": 1000,
            "meetings-0-starts_at": "2027-03-02 09:30",
            "meetings-0-ends_at": "2027-03-02 12:30",
            "meetings-1-starts_at": "2027-03-02 13:30",
            "meetings-1-ends_at": "2027-03-02 16:30",
        }
        response = coordinator.post(reverse("trainings_sessions:add"), data)
        session = Session.objects.get(language="nl")
        assert response["Location"] == reverse("trainings_sessions:inspect", args=[session.pk])
        assert (session.status, session.capacity, session.meetings.count()) == (SessionStatus.DRAFT, 9, 2)

    def test_an_edited_session_keeps_its_status_and_its_people(self, coordinator: Client) -> None:
        session = SessionFactory()
        EnrolmentFactory(session=session)
        save(coordinator, session, capacity=20, internal_note="Clé chez le concierge")
        session.refresh_from_db()
        assert (session.capacity, session.status, session.enrolments.count()) == (20, SessionStatus.PUBLISHED, 1)

    def test_fewer_seats_than_people_are_refused(self, coordinator: Client) -> None:
        session = SessionFactory(capacity=14)
        EnrolmentFactory.create_batch(3, session=session)
        assert "3 seats are taken or offered: there cannot be fewer." in save(coordinator, session, capacity=2).content.decode()
        session.refresh_from_db()
        assert session.capacity == 14

    def test_a_meeting_that_ends_before_it_begins_is_refused(self, coordinator: Client) -> None:
        session = SessionFactory()
        html = save(coordinator, session, **{"meetings-0-ends_at": "2020-01-01 10:00"}).content.decode()
        assert "A meeting ends after it begins." in html

    def test_two_meetings_at_one_moment_are_refused(self, coordinator: Client) -> None:
        session = SessionFactory(meetings=2)
        same = form_data(session)["meetings-0-starts_at"]
        later = f"{timezone.localtime(session.meetings.last().ends_at) + datetime.timedelta(days=9):%Y-%m-%d %H:%M}"
        html = save(coordinator, session, **{"meetings-1-starts_at": same, "meetings-1-ends_at": later}).content.decode()
        assert "Please correct the duplicate data" in html
        assert session.meetings.count() == 2

    def test_a_meeting_with_presences_stays(self, coordinator: Client) -> None:
        session = SessionFactory()
        AttendanceFactory(enrolment=EnrolmentFactory(session=session))
        html = save(coordinator, session, **{"meetings-0-DELETE": "1"}).content.decode()
        assert "A meeting with marked presences cannot be taken away." in html
        assert session.meetings.count() == 1

    def test_new_dates_offer_to_tell_the_people(self, coordinator: Client) -> None:
        session = SessionFactory()
        new = {"meetings-0-starts_at": "2028-03-02 09:30", "meetings-0-ends_at": "2028-03-02 12:30"}
        html = save(coordinator, session, **new).content.decode()
        assert reverse("trainings_backoffice:tell_change", args=[session.pk]) in html
        assert not OutgoingMail.objects.exists()

    def test_a_session_with_people_is_not_deleted(self, coordinator: Client) -> None:
        session = EnrolmentFactory().session
        html = coordinator.post(reverse("trainings_sessions:delete", args=[session.pk]), follow=True).content.decode()
        assert "is in use" in html
        assert Session.objects.filter(pk=session.pk).exists()


class TestActions:
    def test_publishing_tells_those_who_asked(self, coordinator: Client) -> None:
        session = SessionFactory(status=SessionStatus.DRAFT)
        make_sheets(session.module)
        InterestFactory(module=session.module)
        assert "1 person gets a mail." in look(coordinator, "publish_session", session)
        act(coordinator, "publish_session", session)
        session.refresh_from_db()
        assert session.status == SessionStatus.PUBLISHED
        assert OutgoingMail.objects.get().kind == "trainings/mail/interest_opened"

    def test_a_session_without_a_date_is_not_published_and_the_page_says_why(self, coordinator: Client) -> None:
        session = SessionFactory(status=SessionStatus.DRAFT, meetings=0)
        assert "needs at least one meeting" in act(coordinator, "publish_session", session)
        session.refresh_from_db()
        assert session.status == SessionStatus.DRAFT

    def test_cancelling_counts_first_then_tells_everybody(self, coordinator: Client) -> None:
        session = SessionFactory()
        EnrolmentFactory.create_batch(2, session=session)
        EnrolmentFactory(session=session, is_waiting=True)
        EnrolmentFactory(session=session, is_cancelled=True)
        assert "3 people get a mail." in look(coordinator, "cancel_session", session)
        act(coordinator, "cancel_session", session, message="La formatrice est malade.")
        session.refresh_from_db()
        assert session.status == SessionStatus.CANCELLED
        assert OutgoingMail.objects.filter(text__contains="La formatrice est malade.").count() == 3

    def test_cancelling_without_a_message_is_refused(self, coordinator: Client) -> None:
        session = SessionFactory()
        act(coordinator, "cancel_session", session, message="  ")
        session.refresh_from_db()
        assert session.status == SessionStatus.PUBLISHED

    def test_a_cancelled_session_cannot_be_published_again(self, coordinator: Client) -> None:
        session = SessionFactory(status=SessionStatus.CANCELLED)
        assert "does not allow this step" in act(coordinator, "publish_session", session)

    def test_closing_mails_nobody(self, coordinator: Client) -> None:
        session = EnrolmentFactory().session
        act(coordinator, "close_session", session)
        session.refresh_from_db()
        assert session.status == SessionStatus.CLOSED
        assert not OutgoingMail.objects.exists()

    def test_duplicating_makes_a_draft_on_the_new_day(self, coordinator: Client) -> None:
        session = SessionFactory(meetings=2)
        day = (days(200)).date()
        html = act(coordinator, "duplicate_session", session, first_day=day.isoformat())
        copy = Session.objects.exclude(pk=session.pk).get()
        assert copy.reference in html
        assert copy.status == SessionStatus.DRAFT
        assert timezone.localtime(copy.meetings.first().starts_at).date() == day

    def test_duplicating_to_the_past_is_refused(self, coordinator: Client) -> None:
        session = SessionFactory()
        assert "still to come" in act(coordinator, "duplicate_session", session, first_day="2020-01-01")
        assert Session.objects.count() == 1

    def test_a_change_is_told_to_those_with_a_seat_and_those_who_wait(self, coordinator: Client) -> None:
        session = SessionFactory()
        EnrolmentFactory(session=session)
        EnrolmentFactory(session=session, is_waiting=True)
        assert "2 people get a mail" in look(coordinator, "tell_change", session)
        act(coordinator, "tell_change", session)
        assert list(OutgoingMail.objects.values_list("kind", flat=True)) == ["trainings/mail/session_changed"] * 2

    def test_certificates_go_to_those_who_attended(self, coordinator: Client) -> None:
        session = SessionFactory(first_meeting_at=days(-2))
        AttendanceFactory(enrolment=EnrolmentFactory(session=session))
        EnrolmentFactory(session=session)
        page = look(coordinator, "issue_certificates", session)
        assert "1 person who attended" in page
        assert "roll call of 1 meeting is not closed" in page
        assert "1 certificate issued." in act(coordinator, "issue_certificates", session)
        assert Certificate.objects.count() == 1

    def test_a_name_our_fonts_lack_is_told_before_and_after(self, coordinator: Client) -> None:
        session = SessionFactory(first_meeting_at=days(-2))
        for name in ("Dominique", "ཀརྨ"):
            AttendanceFactory(enrolment=EnrolmentFactory(session=session, name=name))
        page = look(coordinator, "issue_certificates", session)
        assert "1 person who attended" in page
        assert "None of our fonts has all characters of the name ཀརྨ" in page
        told = act(coordinator, "issue_certificates", session)
        assert "1 certificate issued. 1 was not" in told
        assert OutgoingMail.objects.filter(kind="trainings/mail/certificate").count() == 1

    def test_certificates_wait_for_the_end_of_the_session(self, coordinator: Client) -> None:
        session = SessionFactory(first_meeting_at=days(2))
        AttendanceFactory(enrolment=EnrolmentFactory(session=session))
        assert "certificates are issued once it is over" in act(coordinator, "issue_certificates", session)
        assert not Certificate.objects.exists()

    def test_each_action_stands_in_the_history(self, coordinator: Client) -> None:
        session = SessionFactory()
        act(coordinator, "close_session", session)
        html = coordinator.get(reverse("trainings_sessions:history", args=[session.pk])).content.decode()
        assert "Closed the session" in html

    def test_a_trainer_finds_the_roll_call_but_no_step(self, as_trainer: Client, trainer: Any) -> None:
        session = SessionFactory()
        session.trainers.add(trainer)
        html = as_trainer.get(reverse("trainings_sessions:inspect", args=[session.pk])).content.decode()
        assert reverse("trainings_backoffice:roll_call", args=[session.meetings.get().pk]) in html
        assert reverse("trainings_backoffice:cancel_session", args=[session.pk]) not in html


@pytest.mark.parametrize(
    "listing",
    [
        "trainings_sessions",
        "trainings_enrolments",
        "trainings_participants",
        "trainings_certificates",
        "trainings_modules",
        "core_organisations",
    ],
)
def test_listings_ask_the_database_equally_often_with_many_rows(coordinator: Client, listing: str) -> None:
    def fill(count: int) -> None:
        OrganisationFactory.create_batch(count)
        for certificate in CertificateFactory.create_batch(count):
            MeetingFactory(session=certificate.enrolment.session, starts_at=days(60))

    path = reverse(f"{listing}:index")
    fill(2)
    coordinator.get(path)
    with CaptureQueriesContext(connection) as few:
        coordinator.get(path)
    fill(17)
    with CaptureQueriesContext(connection) as many:
        coordinator.get(path)
    assert len(many) == len(few)
    assert len(many) <= 45
