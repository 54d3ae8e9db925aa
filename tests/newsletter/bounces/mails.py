"""Returned mails as mail servers write them, in the shapes of RFC 3464 and RFC 5965 and in plain words."""

import textwrap
from typing import Any

from django.utils import timezone

from newsletter.bounces.verp import encode_verp
from newsletter.models import Delivery, FrozenEdition, Subscriber
from newsletter.sending.messages import message_id
from tests.newsletter.factories import SubscriberFactory
from tests.newsletter.issues import IssueFactory


def delivered(subscriber: Subscriber | None = None) -> Delivery:
    """An issue that went to a reader."""
    issue = IssueFactory()
    edition = FrozenEdition.objects.create(
        issue=issue,
        language="fr",
        subject="s",
        html="h",
        text="t",
        web_url="https://example.org/",
        token_placeholder="p" * 22,
        frozen_at=timezone.now(),
    )
    return Delivery.objects.create(
        issue=issue, edition=edition, subscriber=subscriber or SubscriberFactory(), status="accepted", next_try_at=timezone.now()
    )


def report(
    to: str, *, status: str = "5.1.1", action: str = "failed", words: str = "smtp; 550 5.1.1 User unknown", name: str = "a", **_: Any
) -> bytes:
    """A machine-readable report of delivery."""
    return crlf(f"""\
        From: MAILER-DAEMON@mx.example.net
        To: {to}
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <{name}@mx.example.net>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain; charset=utf-8

        Your mail could not be delivered to nora@example.org.

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net

        Final-Recipient: rfc822; nora@example.org
        Action: {action}
        Status: {status}
        Diagnostic-Code: {words}

        --b--
        """)


def complaint(original: str, *, what: str = "abuse", name: str = "c") -> bytes:
    """A report of a feedback loop; `original` are header lines of our mail."""
    return crlf(f"""\
        From: feedback@provider.example.net
        To: abuse@smes.example.org
        Subject: Complaint
        Message-ID: <{name}@provider.example.net>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="b"

        --b
        Content-Type: text/plain

        This is an email abuse report.

        --b
        Content-Type: message/feedback-report

        Feedback-Type: {what}
        User-Agent: Provider/1.0
        Version: 1

        --b
        Content-Type: message/rfc822

        From: newsletter@smes.example.org
        Subject: What is moving in Brussels
        {original}

        Words.
        --b--
        """)


def letter(
    to: str,
    words: str,
    *,
    sender: str = "Mail Delivery System <Mailer-Daemon@mx.example.net>",
    subject: str = "Mail delivery failed",
    more: str = "",
) -> bytes:
    """A letter of a mail server in plain words."""
    return crlf(f"""\
        From: {sender}
        To: {to}
        Subject: {subject}
        Message-ID: <{abs(hash(words))}@mx.example.net>
        {more or "X-Mailer: none"}

        {words}
        """)


def crlf(text: str) -> bytes:
    return textwrap.dedent(text).replace("\n", "\r\n").encode()


def names_of(delivery: Delivery) -> list[str]:
    """Where a delivery shows in a mail that comes back."""
    return [f"Return-Path: <{encode_verp(delivery.pk)}>", f"Message-ID: {message_id(delivery.issue_id, delivery.pk)}"]


def status() -> str:
    """Of the subscriber of these tests."""
    return Subscriber.objects.get(email="nora@example.org").status
