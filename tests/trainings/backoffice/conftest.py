"""People of the back-office."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from core.models import User
from tests.core.factories import UserFactory
from tests.trainings.factories import TrainerFactory
from trainings.models import Trainer


def member(*groups: str, **fields: Any) -> User:
    """A colleague in some groups."""
    user: User = UserFactory(**fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def browser_of(user: User) -> Client:
    """A browser in which `user` is logged in. It asks for English, the language of the code, whatever is translated by now."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


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
