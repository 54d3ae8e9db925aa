"""Who tries to log in, and what is refused, leaves a line: when, how it ended, and under which id."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from tests.core.factories import UserFactory
from tests.core.people import browser_of, member

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    return caplog


def test_each_attempt_leaves_a_line_without_whose_it_was(lines: pytest.LogCaptureFixture) -> None:
    user = UserFactory(email="camille@example.org")
    client = Client()
    client.post(LOGIN, {"login": user.email, "password": "not hers"})
    client.post(LOGIN, {"login": user.email, "password": "secret-for-tests"})
    client.post(reverse("account_logout"))
    told = [record for record in lines.records if record.name == "smes.logins"]
    assert [record.message for record in told] == ["An attempt to log in failed.", "A colleague logged in.", "A colleague logged out."]
    assert [getattr(record, "user", None) for record in told] == [None, user.pk, user.pk], "a number, and only of who proved it"
    assert "camille" not in lines.text


def test_a_refusal_has_its_line(lines: pytest.LogCaptureFixture) -> None:
    """Of a screen without the right, and of a form without its token."""
    editor = member("Trainer")
    browser_of(editor).get(reverse("core_organisations:index"))
    Client(enforce_csrf_checks=True).post(LOGIN, {"login": "x"})
    refused = [record for record in lines.records if record.name == "smes.request"]
    assert [getattr(record, "status", 0) for record in refused] == [302, 403]
    assert getattr(refused[0], "user", None) == str(editor.pk)
    assert getattr(refused[0], "route", None) == "core_organisations:index"
