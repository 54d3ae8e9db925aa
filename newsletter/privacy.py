"""What the newsletter knows of a person, what for and how long; given out or erased by her address.

| what | what for | how long |
|---|---|---|
| address, language, themes | to send the newsletter | until she leaves, then a year; at once when she asks |
| wish before it is confirmed | to confirm it | 14 days |
| register of consents (no address, a fingerprint) | proof, GDPR 7(1) | five years |
| fingerprint of an address that left | to keep it out | no end: it is all we can remember a "no" by |
| bounces (no address) | to stop writing to what does not work | two years |
| what she answered to an issue | to do what she asks for | half a year |
| mails that answered a wish | to send them, and to see that they left | 14 days |
| lines of an imported file | to show what became of each | 30 days |
| which issues went to her, what her server said (no address) | to miss nobody, send nothing twice | whose it was is forgotten with her |
"""

import datetime
from typing import Any

from django.db.models import Q

from core.email_addresses import normalised
from core.models import OutgoingMail
from newsletter.enums.readers import Channel, ConsentAction, SuppressionReason
from newsletter.models import Bounce, Consent, Delivery, Reply, Subscriber, SubscriberImportLine, SubscriptionWish, Suppression
from newsletter.subscribers.mails import KINDS
from newsletter.subscribers.preferences import erase_reader, forget_address
from newsletter.subscribers.status import register, suppress


def export_person(email: str) -> dict[str, Any]:
    """Everything about one address, as a person may ask for it (GDPR 15 and 20)."""
    reader = Subscriber.objects.by_address(email).prefetch_related("themes", "transitions").first()
    return {
        "reader": _reader(reader) if reader else None,
        "wishes": [
            {"asked_at": wish.created_at, "channel": wish.channel, "language": wish.language, "confirmed_at": wish.confirmed_at}
            for wish in SubscriptionWish.objects.filter(email=normalised(email))
        ],
        "consents": [
            {"at": each.at, "action": each.action, "channel": each.channel, "wording": each.wording, "evidence": each.evidence}
            for each in Consent.objects.of(email)
        ],
        "suppressed": [{"since": each.at, "reason": each.reason} for each in Suppression.objects.of(email)],
        "replies": [
            {"at": each.at, "subject": each.subject, "text": each.text}
            for each in Reply.objects.filter(Q(sender__iexact=normalised(email)) | Q(subscriber=reader, subscriber__isnull=False))
        ],
        "bounces": [
            {"at": each.at, "kind": each.kind, "reason": each.reason, "code": each.code}
            for each in Bounce.objects.filter(subscriber=reader)
            if reader
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
            {"issue": str(each.issue), "status": each.status, "at": each.done_at, "code": each.code, "answer": each.answer_said}
            for each in Delivery.objects.filter(subscriber=reader).select_related("issue")
            if reader
        ],
    }


def _reader(reader: Subscriber) -> dict[str, Any]:
    return {
        "email": reader.email,
        "language": reader.language,
        "themes": [theme.slug for theme in reader.themes.all()],
        "status": reader.status,
        "known_since": reader.created_at,
        "confirmed_at": reader.confirmed_at,
        "left_at": reader.unsubscribed_at,
        "history": [{"at": each.at, "to": each.to_status} for each in reader.transitions.all()],
    }


def erase_person(email: str, *, now: datetime.datetime) -> bool:
    """Forgets one address, known or not, and keeps it out from now on; True when it was a reader's (GDPR 17)."""
    reader = Subscriber.objects.by_address(email).first()
    if reader:
        erase_reader(subscriber=reader, channel=Channel.STAFF, now=now)
        return True
    forget_address(normalised(email))
    suppress(email, SuppressionReason.ERASED, now=now)
    register(email, ConsentAction.ERASED, channel=Channel.STAFF, language="fr", now=now)
    return False
