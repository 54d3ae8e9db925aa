"""A trainer is in one room at a time, whatever the kind of session, also when two coordinators book her at once."""

import datetime
from collections.abc import Iterable
from threading import Barrier
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import User
from tests.concurrency import run_concurrently
from tests.core.factories import UserFactory
from tests.core.people import browser_of, member
from tests.trainings.backoffice.session_form import save
from tests.trainings.factories import MeetingFactory, SessionFactory, TrainerFactory
from trainings.enums import SessionKind, SessionStatus
from trainings.models import Session, Trainer
from trainings.planning.in_house import InHouseData, plan_in_house_session
from trainings.planning.sessions import duplicate_session
from trainings.trainers import booking
from trainings.trainers.booking import Clash, DoubleBooked, refuse_double_booking

pytestmark = pytest.mark.django_db

START = timezone.now().replace(second=0, microsecond=0) + datetime.timedelta(days=40)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def trainer() -> Trainer:
    made: Trainer = TrainerFactory()
    return made


def session_of(trainer: Trainer, at: datetime.datetime = START, **facts: Any) -> Session:
    session: Session = SessionFactory(first_meeting_at=at, **facts)
    session.trainers.add(trainer)
    return session


@pytest.mark.parametrize("kind", SessionKind.values)
def test_two_rooms_at_once_are_refused_whatever_the_kind(trainer: Trainer, kind: str) -> None:
    there = session_of(trainer, kind=kind)
    with pytest.raises(DoubleBooked) as refusal:
        refuse_double_booking(session_of(trainer, START + 2 * HOUR))
    [clash] = refusal.value.clashes
    assert (clash.trainer, clash.meeting.session) == (trainer, there)


def test_one_after_the_other_is_fine_and_what_is_called_off_holds_nobody(trainer: Trainer) -> None:
    session_of(trainer, START - 3 * HOUR)
    session_of(trainer, START + 3 * HOUR)
    session_of(trainer, status=SessionStatus.CANCELLED)
    session_of(TrainerFactory())
    refuse_double_booking(session_of(trainer))


def test_a_draft_holds_her_too(trainer: Trainer) -> None:
    session_of(trainer, status=SessionStatus.DRAFT)
    with pytest.raises(DoubleBooked):
        refuse_double_booking(session_of(trainer))


def test_each_meeting_counts(trainer: Trainer) -> None:
    weekly = session_of(trainer, meetings=3)
    with pytest.raises(DoubleBooked):
        refuse_double_booking(session_of(trainer, START + datetime.timedelta(weeks=2)))
    refuse_double_booking(weekly.__class__.objects.get(pk=session_of(trainer, START + datetime.timedelta(weeks=3)).pk))


def test_a_copy_on_a_day_that_is_taken_is_not_made(trainer: Trainer) -> None:
    session = session_of(trainer)
    with pytest.raises(DoubleBooked):
        duplicate_session(session=session, first_day=timezone.localtime(START).date())
    assert Session.objects.count() == 1
    assert duplicate_session(session=session, first_day=timezone.localtime(START).date() + datetime.timedelta(days=1))


def test_an_in_house_session_neither(trainer: Trainer) -> None:
    there = session_of(trainer)
    data = InHouseData(
        module=there.module, title="", language="fr", venue=there.venue, capacity=10, spans=[(START, START + HOUR)], trainers=[trainer]
    )
    by: User = UserFactory()
    with pytest.raises(DoubleBooked):
        plan_in_house_session(data=data, now=timezone.now(), by=by)
    assert Session.objects.count() == 1


@pytest.fixture
def coordinator(db: None) -> Client:
    return browser_of(member("Coordinator"))


def test_the_form_says_where_she_is_and_changes_nothing(coordinator: Client, trainer: Trainer) -> None:
    there = session_of(trainer)
    other = SessionFactory(first_meeting_at=START)
    html = save(coordinator, other, trainers=[trainer.pk]).content.decode()
    assert f"{trainer.name} is in another room then: {there}" in html
    assert not other.trainers.exists()


def test_an_old_clash_does_not_hold_up_another_change(coordinator: Client, trainer: Trainer) -> None:
    session_of(trainer)
    session = session_of(trainer)
    response = save(coordinator, session, trainers=[trainer.pk], internal_note="Clé chez Alix")
    session.refresh_from_db()
    assert session.internal_note == "Clé chez Alix", response.content.decode()[:2000]


def book(session: Session, trainer: Trainer) -> bool:
    """As the form does it."""
    try:
        with transaction.atomic():
            session.trainers.add(trainer)
            refuse_double_booking(session)
    except DoubleBooked:
        return False
    return True


@pytest.mark.usefixtures("committed")
class TestAtOnce:
    @pytest.fixture
    def sessions(self) -> Any:
        yield [SessionFactory(first_meeting_at=START) for _number in range(4)]
        Session.trainers.through.objects.all().delete()
        Trainer.objects.all().delete()

    def run(self, sessions: list[Session], trainer: Trainer) -> list[bool]:
        return run_concurrently(*[lambda session=each: book(session, trainer) for each in sessions])

    def test_of_four_who_book_her_one_succeeds(self, sessions: list[Session]) -> None:
        assert sorted(self.run(sessions, TrainerFactory())) == [False, False, False, True]

    @pytest.mark.control
    def test_without_the_lock_all_do(self, sessions: list[Session], monkeypatch: pytest.MonkeyPatch) -> None:
        barrier, look = Barrier(len(sessions)), booking.clashes_of

        def look_before_anybody_commits(session: Session, trainers: Iterable[Trainer]) -> list[Clash]:
            found = look(session, trainers)
            barrier.wait(timeout=30)
            return found

        monkeypatch.setattr(booking, "lock_trainers", lambda ids: list(Trainer.objects.filter(pk__in=list(ids))))
        monkeypatch.setattr(booking, "clashes_of", look_before_anybody_commits)
        assert sum(self.run(sessions, TrainerFactory())) == len(sessions)


def test_a_meeting_that_is_added_counts(trainer: Trainer) -> None:
    session_of(trainer)
    later = session_of(trainer, START + datetime.timedelta(days=3))
    refuse_double_booking(later)
    MeetingFactory(session=later, starts_at=START + HOUR, ends_at=START + 2 * HOUR)
    with pytest.raises(DoubleBooked):
        refuse_double_booking(later)


def test_names_are_told_on_the_page_that_duplicates(coordinator: Client, trainer: Trainer) -> None:
    session = session_of(trainer)
    url = reverse("trainings_backoffice:duplicate_session", args=[session.pk])
    response = coordinator.post(url, {"first_day": f"{timezone.localtime(START):%Y-%m-%d}"})
    assert response.status_code == 422
    assert trainer.name in response.content.decode()
