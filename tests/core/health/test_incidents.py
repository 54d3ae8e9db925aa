"""Whoever is concerned is told once when something is wrong, and once when it is over; whoever is not, never."""

import datetime
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from core.health import registry
from core.health.registry import Check
from core.health.watch import OVER_AFTER, TOLD_AFTER, watch
from core.models import Incident, OutgoingMail
from tests.core.factories import UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)
STEP = datetime.timedelta(seconds=15)


class Pipe:
    """The only check there is. `reason`: what is wrong with it."""

    reason = ""
    moment = NOON

    def for_minutes(self, minutes: float) -> None:
        """The workers look every fifteen seconds."""
        end = self.moment + datetime.timedelta(minutes=minutes)
        while self.moment < end:
            watch(now=self.moment)
            self.moment += STEP


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Pipe:
    pipe = Pipe()
    check = Check(
        name="pipe",
        label="The pipe",
        look=lambda now: pipe.reason,
        reasons={"leaks": "It leaks.", "burst": "It burst."},
        advice="Call the plumber.",
    )
    monkeypatch.setattr(registry, "_registered", {"pipe": check})
    return pipe


@pytest.fixture(autouse=True)
def _people(db: None) -> None:
    UserFactory(email="chief@example.org", is_superuser=True)
    UserFactory(email="gone@example.org", is_superuser=True, is_active=False)
    UserFactory(email="editor@example.org")
    officer = UserFactory(email="officer@example.org")
    officer.user_permissions.add(Permission.objects.get(codename="view_incident"))


def told() -> Iterator[tuple[str, str]]:
    return ((mail.kind.rpartition("_")[2], mail.to) for mail in OutgoingMail.objects.order_by("pk"))


BEGAN = [("began", "chief@example.org"), ("began", "officer@example.org")]
OVER = [("over", "chief@example.org"), ("over", "officer@example.org")]


def test_who_has_the_permission_is_told_once_and_once_that_it_is_over(pipe: Pipe) -> None:
    pipe.reason = "leaks"
    pipe.for_minutes(90)
    assert list(told()) == BEGAN
    pipe.reason = ""
    pipe.for_minutes(90)
    assert list(told()) == BEGAN + OVER
    incident = Incident.objects.get()
    assert incident.ended_at == NOON + datetime.timedelta(minutes=90)


def test_the_mails_say_what_why_since_when_and_what_to_do(pipe: Pipe) -> None:
    pipe.reason = "leaks"
    pipe.for_minutes(3)
    pipe.reason = ""
    pipe.for_minutes(3)
    began, over = (OutgoingMail.objects.filter(kind__endswith=end, to__startswith="officer").get() for end in ("began", "over"))
    for words in ("The pipe", "It leaks.", "Call the plumber.", "13\N{NO-BREAK SPACE}h"):
        assert words in began.text
    assert "The pipe" in over.subject
    assert "13\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}03" in over.text


def test_what_passes_within_a_minute_is_told_to_nobody(pipe: Pipe) -> None:
    pipe.reason = "leaks"
    pipe.for_minutes(1)
    pipe.reason = ""
    pipe.for_minutes(30)
    assert list(told()) == []
    assert Incident.objects.get().ended_at


def test_what_comes_and_goes_is_one_incident(pipe: Pipe) -> None:
    for _round in range(10):
        pipe.reason = "leaks"
        pipe.for_minutes(3)
        pipe.reason = ""
        pipe.for_minutes(1)
    assert list(told()) == BEGAN
    assert Incident.objects.get().ended_at is None


def test_another_reason_is_the_same_incident(pipe: Pipe) -> None:
    pipe.reason = "leaks"
    pipe.for_minutes(5)
    pipe.reason = "burst"
    pipe.for_minutes(5)
    assert list(told()) == BEGAN
    assert Incident.objects.get().reason == "burst"


def test_a_second_trouble_is_told_again(pipe: Pipe) -> None:
    for reason in ("leaks", "", "burst", ""):
        pipe.reason = reason
        pipe.for_minutes(5)
    assert list(told()) == BEGAN + OVER + BEGAN + OVER


def test_what_nobody_can_tell_neither_begins_nor_ends_an_incident(pipe: Pipe) -> None:
    pipe.reason = "unknown"
    pipe.for_minutes(5)
    assert not Incident.objects.exists()
    pipe.reason = "leaks"
    pipe.for_minutes(5)
    pipe.reason = "unknown"
    pipe.for_minutes(30)
    assert Incident.objects.get().ended_at is None


@pytest.mark.control
def test_without_patience_every_hiccup_is_mailed(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOLD_AFTER", "OVER_AFTER"):
        monkeypatch.setattr(f"core.health.watch.{name}", datetime.timedelta(0))
    for _round in range(3):
        for reason in ("leaks", ""):
            pipe.reason = reason
            pipe.for_minutes(0.25)
    assert len(list(told())) == 12


def test_the_patience_is_shorter_than_anybody_would_notice() -> None:
    assert max(TOLD_AFTER, OVER_AFTER) <= datetime.timedelta(minutes=5)
    assert timezone.is_aware(NOON)
