"""Personal data of the newsletter, its purpose and retention; exported or erased by email address."""

import datetime
from typing import Any

from django.db.models import Q

from core.models import OutgoingMail
from core.privacy import Holding, PersonalData
from core.text.email_addresses import normalised
from newsletter.enums.subscribers import Channel, ConsentAction, SuppressionReason
from newsletter.models import Bounce, Consent, Delivery, Reply, Subscriber, SubscriberImportLine, SubscriptionRequest, Suppression
from newsletter.subscribers.mails import KINDS
from newsletter.subscribers.preferences import erase_subscriber, forget_email
from newsletter.subscribers.status import register, suppress


def export_person(email: str) -> dict[str, Any]:
    """All data about one email address (GDPR 15 and 20)."""
    subscriber = Subscriber.objects.by_email(email).prefetch_related("themes", "transitions").first()
    return {
        "reader": _subscriber(subscriber) if subscriber else None,
        "subscription_requests": [
            {
                "asked_at": subscription_request.created_at,
                "channel": subscription_request.channel,
                "language": subscription_request.language,
                "confirmed_at": subscription_request.confirmed_at,
            }
            for subscription_request in SubscriptionRequest.objects.filter(email=normalised(email))
        ],
        "consents": [
            {"at": each.at, "action": each.action, "channel": each.channel, "wording": each.wording, "evidence": each.evidence}
            for each in Consent.objects.of(email)
        ],
        "suppressed": [{"since": each.at, "reason": each.reason} for each in Suppression.objects.of(email)],
        "replies": [
            {"at": each.at, "subject": each.subject, "text": each.text}
            for each in Reply.objects.filter(Q(sender__iexact=normalised(email)) | Q(subscriber=subscriber, subscriber__isnull=False))
        ],
        "bounces": [
            {"at": each.at, "kind": each.kind, "reason": each.reason, "code": each.code}
            for each in Bounce.objects.filter(subscriber=subscriber)
            if subscriber
        ],
        "mails": [
            {"written_at": each.created_at, "subject": each.subject}  # not its text: it holds the keys
            for each in OutgoingMail.objects.filter(to=normalised(email), kind__startswith=KINDS)
        ],
        "imported_lines": [
            {
                "uploaded_at": each.subscriber_import.created_at,
                "source": each.subscriber_import.source,
                "language": each.language,
                "outcome": each.outcome,
            }
            for each in SubscriberImportLine.objects.filter(email__iexact=normalised(email)).select_related("subscriber_import")
        ],
        "issues": [
            {"issue": str(each.issue), "status": each.status, "at": each.done_at, "code": each.code, "answer": each.answer_label}
            for each in Delivery.objects.filter(subscriber=subscriber).select_related("issue")
            if subscriber
        ],
    }


def _subscriber(subscriber: Subscriber) -> dict[str, Any]:
    return {
        "email": subscriber.email,
        "language": subscriber.language,
        "themes": [theme.slug for theme in subscriber.themes.all()],
        "status": subscriber.status,
        "known_since": subscriber.created_at,
        "confirmed_at": subscriber.confirmed_at,
        "left_at": subscriber.unsubscribed_at,
        "history": [{"at": each.at, "to": each.to_status} for each in subscriber.transitions.all()],
    }


def erase_person(email: str, *, now: datetime.datetime) -> dict[str, int]:
    """Erases and suppresses one email address, known or not (GDPR 17)."""
    subscriber = Subscriber.objects.by_email(email).first()
    if subscriber:
        erase_subscriber(subscriber=subscriber, channel=Channel.STAFF, now=now)
        return {"subscribers": 1, "email addresses suppressed": 1}
    forget_email(normalised(email))
    suppress(email, SuppressionReason.ERASED, now=now)
    register(email, ConsentAction.ERASED, channel=Channel.STAFF, language="fr", now=now)
    return {"subscribers": 0, "email addresses suppressed": 1}


PERSONAL_DATA = PersonalData(
    app="newsletter",
    holdings=(
        Holding("email address, language, themes", "to send the newsletter", "until unsubscribed, then a year; erased at once on request"),
        Holding("subscription request, before it is confirmed", "to confirm it", "14 days"),
        Holding("register of consents (no email address, a keyed hash)", "proof, GDPR 7(1)", "five years"),
        Holding("keyed hash of an email address that left", "to suppress it", "no end: the only record of the refusal"),
        Holding("bounces (no email address)", "to stop sending to mailboxes that do not work", "two years"),
        Holding("replies to an issue", "to do what they ask for", "half a year"),
        Holding("mails that answered a request", "to send them, and to see that they were sent", "14 days"),
        Holding("lines of an imported file", "to show the outcome of each", "30 days"),
        Holding(
            "deliveries and replies of the server (no email address)", "to lose and duplicate nothing", "unlinked when the person is erased"
        ),
    ),
    export=export_person,
    erase=erase_person,
)
