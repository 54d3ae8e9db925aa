"""Events that a provider posts to the webhook."""

import base64
import json
from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent
from django.test import Client

from newsletter.bounces.esp_events import reason_of_event
from newsletter.enums.bounces import BounceReason
from newsletter.enums.subscribers import SubscriberStatus
from newsletter.models import Bounce, Delivery
from tests.newsletter.bounces.mails import names_of, status
from tests.newsletter.factories import SubscriberFactory

pytestmark = pytest.mark.django_db


class TestWebhook:
    SECRET = "smes:a long password"

    @pytest.fixture(autouse=True)
    def _secret(self, settings: Any) -> None:
        settings.ANYMAIL = {"WEBHOOK_SECRET": self.SECRET}

    def tell(self, event: dict[str, Any], *, provider: str = "brevo", secret: str = SECRET) -> Any:
        authorization = "Basic " + base64.b64encode(secret.encode()).decode()
        return Client().post(
            f"/n/bounces/{provider}/", json.dumps(event), content_type="application/json", headers={"authorization": authorization}
        )

    def event(self, name: str, **fields: Any) -> dict[str, Any]:
        return {"event": name, "email": "nora@example.org", "id": 1, "message-id": "<x@y>", "ts_epoch": 1795500000000} | fields

    @pytest.mark.parametrize(
        ("name", "after"),
        [
            ("hard_bounce", SubscriberStatus.BOUNCED),
            ("invalid_email", SubscriberStatus.BOUNCED),
            ("spam", SubscriberStatus.COMPLAINED),
            ("unsubscribe", SubscriberStatus.UNSUBSCRIBED),
            ("soft_bounce", SubscriberStatus.SUBSCRIBED),
            ("delivered", SubscriberStatus.SUBSCRIBED),
            ("opened", SubscriberStatus.SUBSCRIBED),
        ],
    )
    def test_events_of_a_provider_mean_what_they_say(self, name: str, after: str) -> None:
        SubscriberFactory(email="nora@example.org")
        assert self.tell(self.event(name)).status_code == 200
        assert status() == after

    @pytest.mark.parametrize(
        "reason",
        [
            "550 5.7.26 DMARC check failed",
            "550 5.1.1 Sender address rejected: no such domain",
            "554 Service unavailable; listed at zen.spamhaus.org",
            "552 5.2.2 Mailbox full",
            "550 Nie mozna dostarczyc",
        ],
    )
    def test_what_the_server_said_counts_more_than_the_providers_name_for_it(self, reason: str) -> None:
        SubscriberFactory(email="nora@example.org")
        self.tell(self.event("hard_bounce", reason=reason))
        assert status() == SubscriberStatus.SUBSCRIBED
        assert Bounce.objects.get().reason in {"authentication", "sender", "blocked", "mailbox_full", "doubtful"}

    @pytest.mark.parametrize(
        ("error", "after"),
        [
            ("user unknown", SubscriberStatus.BOUNCED),
            ("mailbox inactive", SubscriberStatus.BOUNCED),
            ("spam reporter", SubscriberStatus.COMPLAINED),
            ("sender blocked", SubscriberStatus.SUBSCRIBED),
            ("content blocked", SubscriberStatus.SUBSCRIBED),
            ("policy issue", SubscriberStatus.SUBSCRIBED),
            ("relay/access denied", SubscriberStatus.SUBSCRIBED),
            ("no mail host", SubscriberStatus.SUBSCRIBED),
            ("greylisted", SubscriberStatus.SUBSCRIBED),
        ],
    )
    def test_what_mailjet_calls_it(self, error: str, after: str) -> None:
        SubscriberFactory(email="nora@example.org")
        event = {"event": "blocked", "email": "nora@example.org", "error": error, "time": 1795500000, "MessageID": 7}
        self.tell(event, provider="mailjet")
        assert status() == after

    @pytest.mark.parametrize(
        ("kind", "after"),
        [
            ("HardBounce", SubscriberStatus.BOUNCED),
            ("BadEmailAddress", SubscriberStatus.BOUNCED),
            ("SpamComplaint", SubscriberStatus.COMPLAINED),
            ("SpamNotification", SubscriberStatus.SUBSCRIBED),
            ("DMARCPolicy", SubscriberStatus.SUBSCRIBED),
            ("VirusNotification", SubscriberStatus.SUBSCRIBED),
            ("SoftBounce", SubscriberStatus.SUBSCRIBED),
            ("AutoResponder", SubscriberStatus.SUBSCRIBED),
            ("ChallengeVerification", SubscriberStatus.SUBSCRIBED),
        ],
    )
    def test_what_postmark_calls_it(self, kind: str, after: str) -> None:
        SubscriberFactory(email="nora@example.org")
        words = "Unable to deliver (i.e. mailbox full, unknown user, account disabled)."
        event = {"RecordType": "Bounce", "Type": kind, "Email": "nora@example.org", "ID": 7, "MessageID": "x", "Description": words}
        self.tell(event | {"BouncedAt": "2026-11-03T10:00:00Z"}, provider="postmark")
        assert status() == after

    @pytest.mark.parametrize(
        ("kind", "detail", "said", "reason"),
        [
            ("Permanent", "NoEmail", None, BounceReason.NO_MAILBOX),
            ("Permanent", "General", "smtp; 550 5.1.1 user unknown", BounceReason.NO_MAILBOX),
            ("Permanent", "General", "smtp; 550 5.7.26 DMARC", BounceReason.AUTHENTICATION),
            ("Permanent", "General", None, BounceReason.DOUBTFUL),
            ("Transient", "MailboxFull", None, BounceReason.MAILBOX_FULL),
            ("Transient", "ContentRejected", None, BounceReason.CONTENT),
            ("Transient", "General", "smtp; 550 5.1.1 user unknown", BounceReason.DOUBTFUL),
        ],
    )
    def test_what_amazon_calls_it(self, kind: str, detail: str, said: str | None, reason: BounceReason) -> None:
        raw = {"bounce": {"bounceType": kind, "bounceSubType": detail}}
        event = AnymailTrackingEvent(event_type="bounced", reject_reason="bounced", mta_response=said, esp_event=raw)
        assert reason_of_event(event) == reason

    def test_our_own_message_id_finds_the_reader_whatever_address_the_provider_names(self, delivery: Delivery) -> None:
        name = names_of(delivery)[1].partition(": ")[2]
        self.tell(self.event("hard_bounce", email="other@example.org", **{"message-id": name}))
        assert status() == SubscriberStatus.BOUNCED

    def test_a_repeated_event_counts_once(self) -> None:
        SubscriberFactory(email="nora@example.org")
        for _each in range(3):
            self.tell(self.event("soft_bounce"))
        assert Bounce.objects.count() == 1

    def test_a_mailjet_event_is_understood_too(self) -> None:
        SubscriberFactory(email="nora@example.org")
        fields = {
            "event": "bounce",
            "email": "nora@example.org",
            "hard_bounce": True,
            "error": "user unknown",
            "time": 1795500000,
            "MessageID": 7,
        }
        assert self.tell(fields, provider="mailjet").status_code == 200
        assert status() == SubscriberStatus.BOUNCED

    @pytest.mark.parametrize("secret", ["", "smes:wrong", "smes"])
    def test_without_the_password_nothing_is_believed(self, secret: str) -> None:
        SubscriberFactory(email="nora@example.org")
        assert self.tell(self.event("spam"), secret=secret).status_code in {400, 401, 403}
        assert status() == SubscriberStatus.SUBSCRIBED

    @pytest.mark.parametrize("header", ["", "Basic", "Basic %%%", "Bearer x", "Basic \xff"])
    def test_a_broken_header_is_the_callers_fault(self, header: str) -> None:
        response = Client().post("/n/bounces/brevo/", "{}", content_type="application/json", headers={"authorization": header})
        assert response.status_code == 401

    def test_without_a_secret_there_is_no_door(self, settings: Any) -> None:
        settings.ANYMAIL = {"WEBHOOK_SECRET": ""}
        assert self.tell(self.event("spam")).status_code in {302, 404}
        settings.ANYMAIL = {"WEBHOOK_SECRET": self.SECRET}
        assert self.tell(self.event("spam"), provider="unknown").status_code in {302, 404}
