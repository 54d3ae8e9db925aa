"""Somebody of the group that keeps the publications."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.users.models import UserProfile

from core.models import User
from tests.core.factories import UserFactory


@pytest.fixture
def librarian(client: Client) -> Client:
    """Logged in as somebody of the group."""
    user: User = UserFactory()
    user.groups.add(Group.objects.get(name="Publications"))
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client
