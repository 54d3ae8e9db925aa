"""Changes of a reader's status, each with its dated row; the register of consents; suppression."""

import datetime

from core.models import User
from core.transitions import next_status, record_transition
from newsletter.addresses import address_key
from newsletter.enums.readers import SUBSCRIBER_TRANSITIONS, Channel, ConsentAction, SubscriberStatus, SuppressionReason
from newsletter.models import Consent, Subscriber, Suppression


def lock_reader(pk: int) -> Subscriber:
    """The row under its lock."""
    return Subscriber.objects.select_for_update().get(pk=pk)


def change_status(
    subscriber: Subscriber, to: SubscriberStatus, *, now: datetime.datetime, by: User | None = None, reason: str = ""
) -> None:
    """Writes the new status, its moment and its row. The reader is locked by the caller. Raises TransitionNotAllowed."""
    was, subscriber.status = subscriber.status, next_status(SUBSCRIBER_TRANSITIONS, subscriber.status, to)
    if to == SubscriberStatus.SUBSCRIBED:
        subscriber.confirmed_at = now
    if to == SubscriberStatus.UNSUBSCRIBED:
        subscriber.unsubscribed_at = now
    subscriber.save(update_fields=["status", "confirmed_at", "unsubscribed_at"])
    record(subscriber, was, now=now, by=by, reason=reason)


def record(subscriber: Subscriber, was: str, *, now: datetime.datetime, by: User | None = None, reason: str = "") -> None:
    """The dated row of a change that was just written."""
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
    """One more line of the register of consents."""
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
    """From now on nothing leaves for this address. Being suppressed already, a graver reason replaces a lighter one."""
    known, created = Suppression.objects.get_or_create(address_key=address_key(email), defaults={"reason": reason, "at": now})
    if not created and known.reason in LIGHT and reason not in LIGHT:
        Suppression.objects.filter(pk=known.pk).update(reason=reason)


# What a reader can take back by herself without a new subscription.
LIGHT = (SuppressionReason.UNSUBSCRIBED, SuppressionReason.BOUNCED)


def lift_suppression(email: str) -> None:
    """The person came back by her own act."""
    Suppression.objects.filter(address_key=address_key(email)).delete()
