"""Status changes of a subscriber with their transitions; the register of consents; suppression."""

import datetime

from core.lifecycle.transitions import next_status, record_transition
from core.models import User
from newsletter.addresses import address_key
from newsletter.enums.subscribers import SUBSCRIBER_TRANSITIONS, Channel, ConsentAction, SubscriberStatus, SuppressionReason
from newsletter.models import Consent, Subscriber, Suppression


def lock_subscriber(pk: int) -> Subscriber:
    """The row under its lock."""
    return Subscriber.objects.select_for_update().get(pk=pk)


def change_status(
    subscriber: Subscriber, to: SubscriberStatus, *, now: datetime.datetime, by: User | None = None, reason: str = ""
) -> None:
    """Changes the status and records the transition. The subscriber must be locked. Raises TransitionNotAllowed."""
    was, subscriber.status = subscriber.status, next_status(SUBSCRIBER_TRANSITIONS, subscriber.status, to)
    if to == SubscriberStatus.SUBSCRIBED:
        subscriber.confirmed_at = now
    if to == SubscriberStatus.UNSUBSCRIBED:
        subscriber.unsubscribed_at = now
    subscriber.save(update_fields=["status", "confirmed_at", "unsubscribed_at"])
    record(subscriber, was, now=now, by=by, reason=reason)


def record(subscriber: Subscriber, was: str, *, now: datetime.datetime, by: User | None = None, reason: str = "") -> None:
    """Records the transition of a change that was just saved."""
    record_transition(subscriber, was, now=now, by=by, reason=reason, language=subscriber.language)


def register(
    email: str,
    action: ConsentAction,
    *,
    channel: Channel,
    language: str,
    now: datetime.datetime,
    wording: str = "",
    evidence: str = "",
    by: User | None = None,
) -> Consent:
    """Adds a line to the register of consents."""
    return Consent.objects.create(
        address_key=address_key(email),
        action=action,
        channel=channel,
        language=language,
        wording=wording,
        evidence=evidence[:300],
        recorded_by=str(by)[:150] if by else "",
        at=now,
    )


def suppress(email: str, reason: SuppressionReason, *, now: datetime.datetime) -> None:
    """Suppresses an email address. If already suppressed, keeps the more severe reason."""
    known, created = Suppression.objects.get_or_create(address_key=address_key(email), defaults={"reason": reason, "at": now})
    if not created and known.reason in LIGHT and reason not in LIGHT:
        Suppression.objects.filter(pk=known.pk).update(reason=reason)


# Reasons that need no new subscription to be lifted.
LIGHT = (SuppressionReason.UNSUBSCRIBED, SuppressionReason.BOUNCED)


def lift_suppression(email: str) -> None:
    """Lifts a suppression; only for an action of the person."""
    Suppression.objects.filter(address_key=address_key(email)).delete()
