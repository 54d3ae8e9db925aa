"""What is kept, how long, and what a person gets or has erased when she asks."""

import datetime
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.models import OutgoingMail
from core.models.mail import MailStatus
from newsletter.consent_texts import FORM
from newsletter.enums.issues import DeliveryStatus
from newsletter.enums.subscribers import Channel, ConsentAction, SubscriberStatus, SuppressionReason
from newsletter.models import (
    Bounce,
    Consent,
    Delivery,
    Subscriber,
    SubscriberImportLine,
    SubscriberTransition,
    SubscriptionRequest,
    Suppression,
)
from newsletter.subscribers.preferences import unsubscribe
from newsletter.subscribers.retention import prune_subscribers
from newsletter.subscribers.status import register
from newsletter.subscribers.subscribe import confirm_subscription, request_subscription, send_confirmation
from tests.core.factories import OutgoingMailFactory, ThemeFactory
from tests.newsletter.factories import (
    BounceFactory,
    SubscriberFactory,
    SubscriberImportFactory,
    SubscriberImportLineFactory,
    SubscriptionRequestFactory,
)
from tests.newsletter.issues import issue_under_way

pytestmark = pytest.mark.django_db


def ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def prune() -> dict[str, int]:
    return {name: count for name, count in prune_subscribers(now=timezone.now()).items() if count}


def test_who_never_confirmed_is_forgotten_after_two_weeks() -> None:
    old = SubscriberFactory(unconfirmed=True, created_at=ago(15))
    SubscriberFactory(unconfirmed=True, created_at=ago(13))
    SubscriptionRequestFactory(email=old.email, created_at=ago(15))
    assert prune() == {"readers who never confirmed": 1, "subscription requests": 1}
    assert Subscriber.objects.count() == 1


@pytest.mark.parametrize(("seconds", "goes"), [(-60, False), (60, True)])
def test_each_period_ends_to_the_minute(seconds: int, goes: bool) -> None:
    """A minute before its end a row is there, a minute after it is gone: of each kind that has an end."""

    def old(days: int) -> datetime.datetime:
        return timezone.now() - datetime.timedelta(days=days, seconds=seconds)

    SubscriberFactory(unconfirmed=True, created_at=old(14))
    SubscriberFactory(left=True, created_at=old(365))
    SubscriptionRequestFactory(created_at=old(14))
    SubscriberImportLineFactory(subscriber_import=SubscriberImportFactory(created_at=old(30)))
    BounceFactory(at=old(730), subscriber=SubscriberFactory())
    register("gone@example.org", ConsentAction.CONFIRMED, channel=Channel.FORM, language="fr", now=old(5 * 366), wording=FORM)
    kinds = [
        "readers who never confirmed",
        "subscription requests",
        "readers who left or cannot be reached",
        "lines of imports",
        "bounces",
        "proofs of consent of nobody any more",
    ]
    assert prune() == (dict.fromkeys(kinds, 1) if goes else {})


def test_the_mail_that_answered_a_request_goes_with_it(nora: Subscriber) -> None:
    """The mail that asks to confirm says: we forget your address in two weeks. It names it itself."""
    OutgoingMail.objects.update(created_at=ago(13), status=MailStatus.SENT)
    assert "mails about subscription requests" not in prune()
    OutgoingMail.objects.update(created_at=ago(15))
    OutgoingMailFactory(kind="trainings/mail/enrolment_confirmed", created_at=ago(15), status=MailStatus.SENT)
    assert prune()["mails about subscription requests"] == 1
    assert OutgoingMail.objects.get().kind.startswith("trainings/")


def test_pruned_twice_the_second_time_finds_nothing() -> None:
    SubscriberFactory(unconfirmed=True, created_at=ago(15))
    assert prune()
    assert prune() == {}


def test_who_asked_again_lately_is_not_forgotten() -> None:
    subscriber = SubscriberFactory(unconfirmed=True, created_at=ago(30))
    SubscriptionRequestFactory(email=subscriber.email, created_at=ago(2))
    assert prune() == {}


def test_readers_are_never_forgotten_however_old() -> None:
    SubscriberFactory(created_at=ago(4000), confirmed_at=ago(4000))
    assert prune() == {}


def test_who_left_keeps_a_row_for_a_year_and_a_fingerprint_for_good() -> None:
    subscriber = SubscriberFactory(created_at=ago(800))
    unsubscribe(subscriber=subscriber, channel=Channel.LINK, now=ago(300))
    assert prune() == {}
    SubscriberTransition.objects.update(at=ago(366))
    assert prune() == {"readers who left or cannot be reached": 1}
    assert Suppression.objects.holds(subscriber.email)


def test_lines_of_a_file_go_after_a_month_and_its_counts_stay() -> None:
    SubscriberImportLineFactory(subscriber_import=SubscriberImportFactory(created_at=ago(31), total=1))
    SubscriberImportLineFactory(subscriber_import=SubscriberImportFactory(created_at=ago(29), total=1))
    assert prune() == {"lines of imports": 1}
    assert SubscriberImportLine.objects.count() == 1


def test_returns_go_after_two_years() -> None:
    subscriber = SubscriberFactory()
    BounceFactory(subscriber=subscriber, at=ago(731))
    BounceFactory(subscriber=subscriber, at=ago(700))
    assert prune() == {"bounces": 1}
    assert Bounce.objects.count() == 1


def test_proofs_go_after_five_years_unless_the_person_still_reads() -> None:
    subscriber = SubscriberFactory()
    for email in (subscriber.email, "gone@example.org"):
        register(email, ConsentAction.CONFIRMED, channel=Channel.LINK, language="fr", wording=FORM, now=ago(5 * 366 + 2))
    assert prune() == {"proofs of consent of nobody any more": 1}
    assert Consent.objects.get().address_key == subscriber.address_key


def test_the_dry_run_counts_the_same_and_deletes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    SubscriberFactory(unconfirmed=True, created_at=ago(15))
    call_command("run_duties", only=["prune_subscribers"], dry_run=True)
    assert "1 readers who never confirmed" in capsys.readouterr().out
    assert Subscriber.objects.exists()
    call_command("run_duties", only=["prune_subscribers"])
    assert not Subscriber.objects.exists()


@pytest.fixture
def nora() -> Subscriber:
    now = timezone.now()
    subscription_request = request_subscription(
        email="nora@example.org", language="nl", themes=[ThemeFactory().pk], channel=Channel.FORM, wording=FORM, now=now
    )
    send_confirmation(request_id=subscription_request.pk, now=now)
    return confirm_subscription(subscription_request=subscription_request, now=now)


def export(capsys: pytest.CaptureFixture[str], email: str) -> dict[str, Any]:
    call_command("person", "export", email)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)["newsletter"]
    return told


def test_a_person_gets_all_we_know_of_her(nora: Subscriber, capsys: pytest.CaptureFixture[str]) -> None:
    SubscriberImportLineFactory(subscriber_import=SubscriberImportFactory(source="A list of 2019"), email="nora@example.org")
    issue = issue_under_way(0)
    frozen = issue.editions.get()
    Delivery.objects.create(issue=issue, edition=frozen, subscriber=nora, status=DeliveryStatus.ACCEPTED, next_try_at=timezone.now())
    told = export(capsys, " Nora@Example.org")
    assert told["reader"]["email"] == "nora@example.org"
    assert told["reader"]["status"] == SubscriberStatus.SUBSCRIBED
    assert [each["action"] for each in told["consents"]] == ["asked", "confirmed"]
    assert len(told["subscription_requests"]) == 1
    assert [each["subject"] for each in told["mails"]] == [OutgoingMail.objects.get().subject]
    assert told["imported_lines"][0]["source"] == "A list of 2019"
    assert told["issues"][0]["status"] == "accepted"
    assert nora.token not in json.dumps(told)


def test_nobody_known_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    told = export(capsys, "nobody@example.org")
    assert told.pop("reader") is None
    assert set(told) >= {"subscription_requests", "consents", "suppressed", "bounces", "replies", "mails", "imported_lines", "issues"}
    assert not any(told.values())


def test_a_person_is_erased_by_one_command(nora: Subscriber, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("person", "erase", "NORA@example.org", no_input=True)
    assert "newsletter: 1 subscribers" in capsys.readouterr().out
    assert not Subscriber.objects.exists()
    assert not SubscriptionRequest.objects.exists()
    assert Suppression.objects.get().reason == SuppressionReason.ERASED


def test_an_unknown_email_is_suppressed_too(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("person", "erase", "jules@example.org", no_input=True)
    assert "0 subscribers, 1 email addresses suppressed" in capsys.readouterr().out
    assert Suppression.objects.holds("jules@example.org")
