"""Personal data of the newsletter, its purpose and retention; exported or erased by email address."""

import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.models import OutgoingMail
from core.privacy.periods import kept
from core.privacy.registry import Basis, Holding, Known, PersonalData
from core.text.email_addresses import normalised
from newsletter.enums.subscribers import Channel, ConsentAction, SuppressionReason
from newsletter.models import Bounce, Consent, Delivery, Reply, Subscriber, SubscriberImportLine, SubscriptionRequest, Suppression
from newsletter.subscribers.mails import KINDS
from newsletter.subscribers.preferences import erase_subscriber, forget_email
from newsletter.subscribers.retention import BOUNCES, GONE, LINES, PROOFS, REPLIES
from newsletter.subscribers.status import register, suppress
from newsletter.subscribers.subscribe import VALID

# What an erasure counts, in the words the back-office translates.
SUBSCRIBERS, SUPPRESSED = gettext_noop("subscribers"), gettext_noop("email addresses suppressed")


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
        return {SUBSCRIBERS: 1, SUPPRESSED: 1}
    forget_email(normalised(email))
    suppress(email, SuppressionReason.ERASED, now=now)
    register(email, ConsentAction.ERASED, channel=Channel.STAFF, language="fr", now=now)
    return {SUBSCRIBERS: 0, SUPPRESSED: 1}


PERSONAL_DATA = PersonalData(
    app="newsletter",
    label=_("Newsletter"),
    kinds=(
        ("reader", _("Reader of the newsletter")),
        ("subscription_requests", _("Subscriptions asked for")),
        ("consents", _("Register of consents")),
        ("suppressed", _("On the list of addresses that get nothing")),
        ("replies", _("Replies to an issue")),
        ("bounces", _("Mails that could not be delivered")),
        ("mails", _("Mails about the subscription")),
        ("imported_lines", _("Lines of imported files")),
        ("issues", _("Issues sent")),
    ),
    holdings=(
        Holding(
            what=_("newsletter: e-mail address, language, themes"),
            purpose=_("to send you the newsletter"),
            basis=Basis.CONSENT,
            kept=kept(_("until you unsubscribe, then {0}; erased at once when you ask"), GONE),
            kinds=("reader",),
            duty="prune_subscribers",
        ),
        Holding(
            what=_("newsletter: a subscription before it is confirmed, and its mails"),
            purpose=_("to confirm it"),
            basis=Basis.ASKED,
            kept=kept(_("{0}"), VALID),
            kinds=("subscription_requests", "mails"),
            duty="prune_subscribers",
        ),
        Holding(
            what=_("newsletter: register of consents (a keyed hash, no address)"),
            purpose=_("to prove that you agreed, GDPR 7(1)"),
            basis=Basis.LAW,
            kept=kept(_("{0}"), PROOFS),
            kinds=("consents",),
            duty="prune_subscribers",
            stays=_("The dates of the consents stay, under a keyed hash."),
        ),
        Holding(
            what=_("newsletter: keyed hash of an address that left"),
            purpose=_("never to write to it again"),
            basis=Basis.INTEREST,
            kept=kept(_("without an end: it is the only record of your refusal")),
            kinds=("suppressed",),
            stays=_("A keyed hash of the address stays, so that no list brings it back."),
        ),
        Holding(
            what=_("newsletter: mails that could not be delivered"),
            purpose=_("to stop writing to mailboxes that do not work"),
            basis=Basis.INTEREST,
            kept=kept(_("{0}"), BOUNCES),
            kinds=("bounces",),
            duty="prune_subscribers",
        ),
        Holding(
            what=_("newsletter: replies to an issue"),
            purpose=_("to do what they ask for"),
            basis=Basis.ASKED,
            kept=kept(_("{0}"), REPLIES),
            kinds=("replies",),
            duty="prune_subscribers",
        ),
        Holding(
            what=_("newsletter: lines of an imported file"),
            purpose=_("to show what became of each"),
            basis=Basis.INTEREST,
            kept=kept(_("{0}"), LINES),
            kinds=("imported_lines",),
            duty="prune_subscribers",
        ),
        Holding(
            what=_("newsletter: which issue was sent, and what the mail server answered"),
            purpose=_("to lose no issue and to send none twice"),
            basis=Basis.INTEREST,
            kept=kept(_("as long as you are subscribed; afterwards it names nobody")),
            kinds=("issues",),
            stays=_("How many issues were sent stays, without the reader."),
        ),
    ),
    known=(
        Known(model="newsletter.Subscriber", email="email"),
        Known(model="newsletter.SubscriptionRequest", email="email"),
        Known(model="newsletter.SubscriberImportLine", email="email"),
        Known(model="newsletter.Reply", email="sender"),
    ),
    # Refused by the database itself (decision 12); it holds no address.
    keeps=("newsletter.Consent",),
    export=export_person,
    erase=erase_person,
)
