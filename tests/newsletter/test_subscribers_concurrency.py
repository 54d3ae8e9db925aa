"""Several at once, with real commits: no mail too many, no reader twice, no leaving counted twice."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.models import OutgoingMail
from newsletter.consent_texts import FORM
from newsletter.enums.subscribers import Channel, ConsentAction
from newsletter.models import Consent, Subscriber, SubscriberImport, SubscriptionRequest
from newsletter.subscribers.importing import run as imports
from newsletter.subscribers.subscribe import send_confirmation
from tests.concurrency import run_concurrently
from tests.newsletter.factories import SubscriberFactory

NORA = "nora@example.org"
WORKERS = 8


def send_confirmations() -> int:
    """As many workers as subscription_requests answer them at the same moment; returns how many mails they wrote."""
    now = timezone.now()
    subscription_requests = [
        SubscriptionRequest.objects.create(email=NORA, language="fr", channel=Channel.FORM, wording=FORM, created_at=now)
        for _each in range(WORKERS)
    ]
    run_concurrently(
        *(lambda pk=subscription_request.pk: send_confirmation(request_id=pk, now=now) for subscription_request in subscription_requests)
    )
    return OutgoingMail.objects.filter(to=NORA).count()


def test_many_wishes_at_once_make_one_reader_and_one_mail(committed_readers: None) -> None:
    assert send_confirmations() == 1
    assert Subscriber.objects.filter(email=NORA).count() == 1
    assert Consent.objects.filter(action=ConsentAction.ASKED).count() == WORKERS


@pytest.mark.control
def test_without_the_limit_the_same_wishes_flood_the_mailbox(committed_readers: None, settings: Any) -> None:
    """The control: with room for a hundred mails an hour, every subscription_request is answered."""
    settings.MAIL_LIMIT_PER_HOUR = settings.MAIL_LIMIT_PER_DAY = 100
    assert send_confirmations() == WORKERS


def test_one_click_sent_many_times_unsubscribes_once(committed_readers: None) -> None:
    subscriber = SubscriberFactory(email=NORA)
    answers = run_concurrently(
        *(lambda: Client().post(f"/n/u/{subscriber.token}/", {"List-Unsubscribe": "One-Click"}) for _each in range(WORKERS))
    )
    assert {answer.status_code for answer in answers} == {200}
    assert Consent.objects.filter(action=ConsentAction.WITHDRAWN).count() == 1


def test_two_workers_on_one_import_write_each_reader_once(committed_readers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "STEP", 7)
    content = b"email\n" + b"".join(b"n%d@example.org\n" % number for number in range(60))
    facts: dict[str, Any] = {"filename": "x.csv", "source": "Paper list", "agreed_on": timezone.localdate(), "language": "fr", "by": None}
    now = timezone.now()
    subscriber_import = imports.start_import(content=content, now=now, in_background=False, **facts)
    run_concurrently(*(lambda: imports.check_import(import_id=subscriber_import.pk, now=now) for _each in range(2)))
    imports.begin_import(import_id=subscriber_import.pk, in_background=False)
    run_concurrently(*(lambda: imports.run_import(import_id=subscriber_import.pk, now=now) for _each in range(3)))
    assert Subscriber.objects.count() == Consent.objects.count() == 60
    assert SubscriberImport.objects.get().done == 60
