"""What costs something is counted by network: a polite page beyond the limit, with the time from when on it is answered again."""

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.models import Attempt
from core.views import private
from core.web import throttle
from home import views

pytestmark = pytest.mark.django_db


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits of one."""
    monkeypatch.setattr(throttle, "DOCUMENTS", 1)
    monkeypatch.setattr(throttle, "DOWNLOADS", 1)
    monkeypatch.setattr(views, "SEARCHES", 1)
    monkeypatch.setattr(private, "UNKNOWN_LINKS", 1)


def url_of(name: str, *args: Any, language: str = "en") -> str:
    with translation.override(language):
        return reverse(name, args=args)


GUESSED = "A" * 43
COUNTED = {
    "a guessed link": ("trainings:manage_enrolment", [GUESSED], 404),
    "a search": ("home:search", [], 200),
    "open data": ("cartography:csv", [], 200),
}


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize("what", COUNTED)
def test_beyond_the_limit_the_page_says_when_to_come_back(what: str) -> None:
    name, args, status = COUNTED[what]
    client, url = Client(), url_of(name, *args) + ("?q=care" if name == "home:search" else "")
    with time_machine.travel("2026-11-24 09:00:00+01:00", tick=False) as traveller:
        assert client.get(url).status_code == status
        refused = client.get(url)
        assert refused.status_code == 429
        assert refused["Retry-After"] == "600"
        assert refused["Cache-Control"] == "no-store, private"
        assert "Please load this page again at 9.10" in refused.content.decode()
        assert Client(REMOTE_ADDR="198.51.100.9").get(url).status_code == status, "another network is not meant"
        traveller.shift(601)
        assert client.get(url).status_code == status


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize(("language", "words"), [("fr", "Un instant, s’il vous plaît"), ("nl", "Een ogenblik, alstublieft")])
def test_the_page_speaks_the_language_of_the_reader(language: str, words: str) -> None:
    client, url = Client(), url_of("trainings:manage_enrolment", GUESSED, language=language)
    client.get(url)
    assert words in client.get(url).content.decode()


@pytest.mark.control
def test_without_the_count_links_are_guessed_for_ever(once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private, "throttle", lambda *_args, **_kwargs: None)
    client, url = Client(), url_of("trainings:manage_enrolment", GUESSED)
    assert {client.get(url).status_code for _time in range(5)} == {404}


def test_no_ip_is_kept_in_clear_and_nothing_longer_than_its_period() -> None:
    Client(REMOTE_ADDR="192.0.2.77").get(url_of("trainings:manage_enrolment", GUESSED))
    row = Attempt.objects.get()
    assert "192.0.2" not in row.key
    assert len(row.key) == 64
    assert row.until <= timezone.now() + datetime.timedelta(minutes=10)
