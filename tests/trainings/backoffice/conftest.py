"""People of the back-office."""

import pytest
from django.test import Client

from tests.core.people import browser_of, member
from tests.trainings.factories import TrainerFactory
from trainings.models import Trainer


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
