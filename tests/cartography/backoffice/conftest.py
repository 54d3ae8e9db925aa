"""People of the map's back-office."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from core.models import User
from tests.core.factories import UserFactory


def browser_of(*groups: str) -> Client:
    """A browser in which a member of some groups is logged in; it asks for English, the language of the code."""
    user: User = UserFactory()
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def map_editor(db: None) -> Client:
    return browser_of("Map")


@pytest.fixture
def coordinator(db: None) -> Client:
    return browser_of("Coordinator")
