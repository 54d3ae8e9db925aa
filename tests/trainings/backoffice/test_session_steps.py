"""What a session needs next, and what is missing for it, on its page and before it is published."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.trainings.backoffice.test_sessions import act, look
from tests.trainings.factories import AttendanceFactory, EnrolmentFactory, SessionFactory, TrainerFactory, VenueFactory
from tests.versions import version_of
from trainings.enums import FreedSeats, SessionStatus
from trainings.models import Meeting, Session, Trainer

pytestmark = pytest.mark.django_db


def page_of(client: Client, session: Session) -> str:
    return client.get(reverse("trainings_sessions:inspect", args=[session.pk])).content.decode()


def begun(**facts: object) -> Session:
    session: Session = SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(hours=5), **facts)
    return session


def close_rolls(session: Session) -> None:
    Meeting.objects.filter(session=session).update(roll_closed_at=timezone.now())


class TestNextStep:
    def test_a_draft_is_published_and_says_what_it_lacks(self, coordinator: Client) -> None:
        session = SessionFactory(status=SessionStatus.DRAFT, venue=None)
        page = page_of(coordinator, session)
        assert "Publish the session" in page
        for text in ("no venue is chosen", "No trainer", "no published page"):
            assert text in page
        assert f"{reverse('trainings_sessions:edit', args=[session.pk])}#id_venue" in page

    def test_the_roll_call_comes_once_it_has_begun(self, coordinator: Client) -> None:
        assert "Do the roll call" in page_of(coordinator, begun())

    def test_certificates_come_once_the_rolls_are_closed(self, coordinator: Client) -> None:
        session = begun()
        AttendanceFactory(enrolment=EnrolmentFactory(session=session))
        assert "Issue the certificates" not in page_of(coordinator, session)
        close_rolls(session)
        assert "Issue the certificates" in page_of(coordinator, session)

    def test_free_seats_go_to_those_who_wait(self, coordinator: Client) -> None:
        session = SessionFactory(freed_seats=FreedSeats.BY_HAND)
        EnrolmentFactory(session=session, is_waiting=True)
        assert "Give the free seats to those who wait" in page_of(coordinator, session)

    def test_a_trainer_is_offered_her_own_step_only(self, as_trainer: Client, trainer: Trainer) -> None:
        draft, running = SessionFactory(status=SessionStatus.DRAFT), begun()
        for session in (draft, running):
            session.trainers.add(trainer)
        assert "Publish the session" not in page_of(as_trainer, draft)
        assert "Do the roll call" in page_of(as_trainer, running)

    def test_nothing_is_left_to_do_of_a_cancelled_one(self, coordinator: Client) -> None:
        assert "smes-next" not in page_of(coordinator, begun(status=SessionStatus.CANCELLED))


class TestBeforePublishing:
    def test_the_page_that_asks_names_every_gap(self, coordinator: Client) -> None:
        session = SessionFactory(status=SessionStatus.DRAFT, venue=None)
        assert "no venue is chosen" in look(coordinator, "publish_session", session)
        assert "no venue is chosen" in act(coordinator, "publish_session", session)
        session.refresh_from_db()
        assert session.status == SessionStatus.DRAFT


class TestForm:
    def data(self, session: Session, **changes: object) -> dict[str, object]:
        meeting = session.meetings.get()
        start = timezone.localtime(meeting.starts_at)
        facts: dict[str, object] = {
            "kind": session.kind,
            "module": session.module_id,
            "title": "",
            "language": "fr",
            "delivery": "on_site",
            "venue": session.venue_id,
            "online_url": "",
            "capacity": 14,
            "freed_seats": "automatic",
            "kept_seats": 0,
            "enrolment_closes_at": "",
            "internal_note": "",
            "trainers": [],
            "meetings-TOTAL_FORMS": 1,
            "meetings-INITIAL_FORMS": 1,
            "meetings-MIN_NUM_FORMS": 0,
            "meetings-MAX_NUM_FORMS": 1000,
            "meetings-0-id": meeting.pk,
            "meetings-0-starts_at": f"{start:%d/%m/%Y} 9h30",
            "meetings-0-ends_at": f"{start:%d/%m/%Y} 12h30",
        }
        return facts | changes

    def save(self, client: Client, session: Session, **changes: object) -> str:
        url = reverse("trainings_sessions:edit", args=[session.pk])
        html = client.post(url, self.data(session, **changes) | version_of(client, url), follow=True).content.decode()
        session.refresh_from_db()
        return html

    def test_belgian_hours_are_kept_as_they_were_typed(self, coordinator: Client) -> None:
        session = SessionFactory()
        self.save(coordinator, session)
        begins = timezone.localtime(session.meetings.get().starts_at)
        assert (begins.hour, begins.minute) == (9, 30)

    @pytest.mark.parametrize(("typed", "said"), [("19/01/0027 9:30", "The year 0027 cannot be right"), ("bientôt", "cannot be read")])
    def test_what_cannot_be_is_refused_and_nothing_is_guessed(self, coordinator: Client, typed: str, said: str) -> None:
        session = SessionFactory()
        before = session.meetings.get().starts_at
        assert said in self.save(coordinator, session, **{"meetings-0-starts_at": typed})
        assert session.meetings.get().starts_at == before

    def test_a_published_session_keeps_a_place(self, coordinator: Client) -> None:
        session = SessionFactory()
        assert "choose the venue" in self.save(coordinator, session, venue="")
        assert session.venue is not None

    def test_a_room_with_steps_is_asked_about_where_somebody_has_access_needs(self, coordinator: Client) -> None:
        session, steps = SessionFactory(), VenueFactory(is_step_free=False)
        EnrolmentFactory(session=session, access_needs="fauteuil roulant")
        assert "is not known to be step-free" in self.save(coordinator, session, venue=steps.pk)
        assert session.venue != steps
        self.save(coordinator, session, venue=steps.pk, suits_access_needs="on")
        assert session.venue == steps

    def test_elsewhere_nobody_is_asked(self, coordinator: Client) -> None:
        session, steps = SessionFactory(), VenueFactory(is_step_free=False)
        self.save(coordinator, session, venue=steps.pk)
        assert session.venue == steps


class TestRollCall:
    def test_all_present_in_one_stroke(self, as_trainer: Client, trainer: Trainer) -> None:
        session = begun()
        session.trainers.add(trainer)
        EnrolmentFactory.create_batch(3, session=session)
        meeting = session.meetings.get()
        assert "All present" in as_trainer.get(reverse("trainings_backoffice:roll_call", args=[meeting.pk])).content.decode()
        html = as_trainer.post(reverse("trainings_backoffice:all_present", args=[meeting.pk]), follow=True).content.decode()
        assert "3 people are present." in html

    def test_somebody_who_was_not_enrolled_is_added(self, as_trainer: Client, trainer: Trainer) -> None:
        session = begun()
        session.trainers.add(trainer)
        url = reverse("trainings_backoffice:add_walk_in", args=[session.meetings.get().pk])
        html = as_trainer.post(url, {"name": "Sam Exemple", "email": "sam@example.org"}, follow=True).content.decode()
        assert "Sam Exemple" in html
        assert session.enrolments.get().attendances.get().status == "present"

    def test_her_start_names_the_roll_call_of_today_first(self, as_trainer: Client, trainer: Trainer) -> None:
        forgotten = SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(days=9))
        now = begun()
        for session in (forgotten, now):
            session.trainers.add(trainer)
        home = as_trainer.get("/admin/").content.decode()
        urls = [reverse("trainings_backoffice:roll_call", args=[each.meetings.get().pk]) for each in (now, forgotten)]
        assert home.index("Do the roll call") < home.index("Next sessions")
        assert home.index(urls[0]) < home.index(urls[1])


def test_a_session_has_no_gap_when_all_is_there(coordinator: Client) -> None:
    session = SessionFactory()
    session.trainers.add(TrainerFactory())
    assert "No trainer" not in page_of(coordinator, session)
