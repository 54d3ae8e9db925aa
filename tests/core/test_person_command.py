"""One command answers a person who asks what the whole site knows of her, or asks to be forgotten."""

import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone

from core.models import OutgoingMail
from core.privacy import person, registry
from home.services import send_contact_message
from newsletter.models import Subscriber
from tests.cartography.factories import PlaceFactory, PlaceImportRowFactory, SubmissionFactory
from tests.followup.factories import RequestFactory
from tests.newsletter.factories import SubscriberFactory
from tests.publications.factories import PaperOrderFactory
from tests.trainings.factories import EnrolmentFactory, InterestFactory

pytestmark = pytest.mark.django_db

CANARY = "canari@example.org"
# Colleagues, not people who ask through this command: administrators look after accounts, coordinators after the pool of trainers.
# The address of Smes itself, below its mails, is nobody's either.
COLLEAGUES = {"core.User", "trainings.Trainer", "core.SiteTexts"}
OURS = {"core", "home", "trainings", "publications", "newsletter", "cartography", "followup"}


@pytest.fixture
def _known_everywhere() -> None:
    EnrolmentFactory(participant__email=CANARY)
    InterestFactory(email=CANARY)
    PaperOrderFactory(email=CANARY)
    RequestFactory(email=CANARY)
    SubscriberFactory(email=CANARY)
    SubmissionFactory(email=CANARY, values={"name_fr": "Maison", "nis": "21015", "email": CANARY})
    PlaceFactory(email=CANARY)
    PlaceImportRowFactory(values={"name_fr": "Maison", "email": CANARY})
    facts = {"name": "Canari", "subject": "Une question", "message": "Bonjour", "language": "fr"}
    send_contact_message(recipient="contact@smes.example.org", email=CANARY, now=timezone.now(), **facts)


def where_known() -> set[str]:
    """The models in one of whose rows the address stands."""
    return {
        model._meta.label
        for model in apps.get_models()
        if model._meta.managed and any(CANARY in repr(row).lower() for row in model._base_manager.values_list())
    }


@pytest.mark.usefixtures("_known_everywhere")
def test_every_app_tells_and_forgets(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(where_known()) >= 7
    call_command("person", "export", CANARY)
    told = json.loads(capsys.readouterr().out)
    assert all(any(told[app].values()) for app in OURS - {"core"})
    assert set(told["held_and_why"]) == OURS
    assert {"what", "purpose", "basis", "kept", "stays_when_erased"} == set(told["held_and_why"]["trainings"][0])
    call_command("person", "erase", CANARY, no_input=True)
    assert where_known() == set()


@pytest.mark.usefixtures("_known_everywhere")
def test_it_says_what_would_go_and_asks_first(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answers: Iterator[str] = iter(["yes", CANARY.upper()])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("person", "erase", CANARY)
    assert "trainings: 1 enrolments, 1 wishes_to_hear_of_a_date" in capsys.readouterr().out
    assert Subscriber.objects.exists()
    call_command("person", "erase", CANARY)
    assert where_known() == set()


@pytest.mark.usefixtures("_known_everywhere")
def test_it_is_forgotten_everywhere_or_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(email: str, *, now: object) -> dict[str, int]:
        raise RuntimeError

    last = registry.PersonalData(app="zoo", label="Zoo", holdings=(), export=lambda email: {}, erase=broken)
    monkeypatch.setitem(registry._registered, "zoo", last)
    before = where_known()
    with pytest.raises(RuntimeError):
        person.erase_person(CANARY, now=timezone.now())
    assert where_known() == before


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(CommandError, match="not an email address"):
        call_command("person", "erase", "Nora")


def test_each_app_that_keeps_an_address_declares_it() -> None:
    keeps = {
        model._meta.app_label
        for model in apps.get_models()
        if model._meta.app_label in OURS
        and model._meta.label not in COLLEAGUES | {OutgoingMail._meta.label}  # told by the app that wrote the mail
        and any(isinstance(field, models.EmailField) for field in model._meta.concrete_fields)
    }
    declared = {data.app for data in registry.registered()}
    assert keeps <= declared
    assert all(data.holdings for data in registry.registered())
