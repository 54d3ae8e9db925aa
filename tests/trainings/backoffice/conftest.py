"""People of the back-office, and the roll call of this morning on a phone."""

import datetime
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from core.models import User
from tests.core.people import browser_of, member
from tests.trainings.backoffice.phone import open_roll
from tests.trainings.factories import EnrolmentFactory, SessionFactory, TrainerFactory
from trainings.models import Meeting, Trainer


@pytest.fixture
def coordinator(db: None) -> Client:
    return browser_of(member("Coordinator"))


@pytest.fixture
def trainer(db: None) -> Trainer:
    """A trainer with an account."""
    made: Trainer = TrainerFactory(user=member("Trainer"))
    return made


@pytest.fixture
def as_trainer(trainer: Trainer) -> Client:
    assert trainer.user is not None
    return browser_of(trainer.user)


@pytest.fixture
def server(committed: None) -> Iterator[LiveServer]:
    """The product on the tests' own database. Not `live_server`: that one empties the database, the rows of migrations included."""
    running = LiveServer("localhost")
    yield running
    running.stop()


@pytest.fixture
def user(committed: None) -> Iterator[User]:
    yield member("Trainer")
    Trainer.objects.all().delete()


@pytest.fixture
def meeting(user: User) -> Meeting:
    session = SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(hours=1))
    session.trainers.add(TrainerFactory(user=user))
    for number in range(15):
        EnrolmentFactory(session=session, name=f"Personne {number:02}")
    made: Meeting = session.meetings.get()
    return made


@pytest.fixture
def roll(browser: Browser, server: LiveServer, user: User, meeting: Meeting) -> Iterator[Page]:
    page = open_roll(browser, server, user, meeting)
    yield page
    page.context.close()
