"""The pool: what a coordinator is warned of, how much each gives, a trainer's own page and calendar."""

import datetime

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.core.people import browser_of, member
from tests.trainings.factories import EnrolmentFactory, SessionFactory, TrainerAbsenceFactory, TrainerFactory
from trainings.enums import SessionStatus
from trainings.models import Session, Strength, Trainer
from trainings.trainers.load import load_of
from trainings.trainers.pairs import PairWarning, warnings_of

pytestmark = pytest.mark.django_db

SOCIAL, CARE = Strength.SOCIAL_WORK.value, Strength.MENTAL_HEALTH.value


def given_by(*trainers: Trainer, **facts: object) -> Session:
    session: Session = SessionFactory(**facts)
    session.trainers.set(trainers)
    return session


def warned(session: Session) -> list[PairWarning]:
    return [each.warning for each in warnings_of(session)]


class TestWarnings:
    def test_two_who_complete_one_another_are_no_news(self) -> None:
        pair = TrainerFactory(strengths=[SOCIAL], languages=["fr"]), TrainerFactory(strengths=[SOCIAL, CARE], languages=["nl"])
        assert warned(given_by(*pair)) == []

    def test_alone(self) -> None:
        assert warned(given_by(TrainerFactory())) == [PairWarning.ALONE]

    def test_two_of_a_kind(self) -> None:
        pair = TrainerFactory(strengths=[CARE, SOCIAL]), TrainerFactory(strengths=[SOCIAL, CARE])
        assert warned(given_by(*pair)) == [PairWarning.SAME_STRENGTHS]

    def test_of_whom_nothing_is_told_nothing_is_said(self) -> None:
        assert warned(given_by(TrainerFactory(), TrainerFactory())) == []

    def test_nobody_speaks_the_language(self) -> None:
        pair = TrainerFactory(languages=["nl"]), TrainerFactory(languages=["en"])
        assert warned(given_by(*pair, language="fr")) == [PairWarning.LANGUAGE]

    def test_away_on_that_day(self) -> None:
        away = TrainerFactory()
        TrainerAbsenceFactory(trainer=away)
        session = given_by(away, TrainerFactory(), first_meeting_at=timezone.now() + datetime.timedelta(days=3))
        assert [(each.warning, each.trainers) for each in warnings_of(session)] == [(PairWarning.AWAY, (away,))]
        assert warned(given_by(away, TrainerFactory(), first_meeting_at=timezone.now() + datetime.timedelta(days=30))) == []

    def test_the_page_of_the_session_says_so(self) -> None:
        session = given_by(TrainerFactory(name="Camille Exemple"))
        html = browser_of(member("Coordinator")).get(reverse("trainings_sessions:inspect", args=[session.pk])).content.decode()
        assert "Camille Exemple gives this session alone" in html


def test_the_load_of_a_year_counts_what_takes_place() -> None:
    noon = timezone.make_aware(datetime.datetime(2026, 3, 2, 12))
    often, seldom, gone = TrainerFactory(name="A"), TrainerFactory(name="B"), TrainerFactory(name="C", is_active=False)
    given_by(often, seldom, first_meeting_at=noon, meetings=3)
    given_by(often, first_meeting_at=noon + datetime.timedelta(days=90))
    given_by(often, first_meeting_at=noon, status=SessionStatus.CANCELLED)
    given_by(gone, first_meeting_at=noon.replace(year=2025))
    rows = [(row.trainer.name, row.sessions, row.half_days, row.minutes) for row in load_of(2026)]
    assert rows == [("A", 2, 4, 720), ("B", 1, 3, 540)]
    page = browser_of(member("Coordinator")).get(reverse("trainings_backoffice:trainers_load"), {"year": "2025"})
    assert ">C<" in page.content.decode()


class TestOwnPage:
    @pytest.fixture
    def trainer(self) -> Trainer:
        made: Trainer = TrainerFactory(user=member("Trainer"))
        return made

    @pytest.fixture
    def browser(self, trainer: Trainer) -> Client:
        assert trainer.user is not None
        return browser_of(trainer.user)

    def test_it_holds_her_sessions_and_what_people_need(self, browser: Client, trainer: Trainer) -> None:
        now = timezone.now()
        session = given_by(trainer, first_meeting_at=now - datetime.timedelta(hours=1), note_before="La clé est chez Alix.")
        EnrolmentFactory(session=session, name="Bilal Exemple", access_needs="boucle magnétique")
        other = SessionFactory(module__name="Autre séance")
        EnrolmentFactory(session=other, access_needs="rampe")
        html = browser.get(reverse("trainings_backoffice:own_sessions")).content.decode()
        assert "La clé est chez Alix." in html
        assert "boucle magnétique" in html
        assert "roll call to do" in html
        assert "rampe" not in html
        assert "Autre séance" not in html

    def test_she_notes_what_the_next_one_should_know(self, browser: Client, trainer: Trainer) -> None:
        session = given_by(trainer, first_meeting_at=timezone.now() - datetime.timedelta(days=1))
        url = reverse("trainings_backoffice:note_after", args=[session.pk])
        browser.post(url, {"text": "Prévoir plus de temps."})
        session.refresh_from_db()
        assert session.note_after == "Prévoir plus de temps."
        assert browser.post(reverse("trainings_backoffice:note_after", args=[SessionFactory().pk]), {"text": "x"}).status_code in {302, 404}

    def test_who_is_not_in_the_pool_is_told_so(self) -> None:
        html = browser_of(member("Trainer")).get(reverse("trainings_backoffice:own_sessions")).content.decode()
        assert "Your account is not linked to a trainer of the pool." in html


class TestCalendar:
    def test_it_holds_her_meetings_and_nobodys_name(self, client: Client) -> None:
        trainer = TrainerFactory()
        session = given_by(trainer, meetings=2)
        given_by(trainer, status=SessionStatus.CANCELLED)
        EnrolmentFactory(session=session, name="Bilal Exemple")
        response = client.get(reverse("trainings:trainer_calendar", args=[trainer.feed_token]))
        events = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
        assert [event["summary"] for event in events] == [f"{session.name} (1/2)", f"{session.name} (2/2)"]
        assert "Bilal" not in response.content.decode()
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]

    def test_a_wrong_link_and_that_of_somebody_who_left_lead_nowhere(self, client: Client) -> None:
        gone = TrainerFactory(is_active=False)
        for token in ("x" * 43, gone.feed_token):
            assert client.get(reverse("trainings:trainer_calendar", args=[token])).status_code == 404
