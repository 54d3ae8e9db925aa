"""What the links of mails do: change preferences, unsubscribe, resubscribe, erase."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from core.models import OutgoingMail, Theme
from newsletter.enums.subscribers import Channel, ConsentAction, SubscriberStatus, SuppressionReason
from newsletter.models import Reply, Subscriber, SubscriberImportLine, SubscriptionRequest, Suppression
from newsletter.subscribers.mails import KINDS
from newsletter.subscribers.status import change_status, lift_suppression, lock_subscriber, register, suppress

# How long an unsubscription can be undone.
UNDO = datetime.timedelta(days=7)


class CannotResubscribe(Exception):
    """Too late to undo, or suppressed for another reason: a new subscription is needed."""


@transaction.atomic
def change_preferences(*, subscriber: Subscriber, language: str, themes: Iterable[Theme], now: datetime.datetime) -> Subscriber:
    """Changes language and themes."""
    subscriber = lock_subscriber(subscriber.pk)
    chosen = {theme.pk for theme in themes}
    if subscriber.language == language and chosen == set(subscriber.themes.values_list("pk", flat=True)):
        return subscriber
    subscriber.language = language
    subscriber.save(update_fields=["language"])
    subscriber.themes.set(chosen)
    register(subscriber.email, ConsentAction.CHANGED, channel=Channel.LINK, language=language, now=now)
    return subscriber


@transaction.atomic
def unsubscribe(*, subscriber: Subscriber, channel: Channel, now: datetime.datetime) -> Subscriber:
    """No further mail is sent to this subscriber. Idempotent."""
    subscriber = lock_subscriber(subscriber.pk)
    if subscriber.status != SubscriberStatus.UNSUBSCRIBED:
        change_status(subscriber, SubscriberStatus.UNSUBSCRIBED, now=now, reason=f"left ({channel})")
        register(subscriber.email, ConsentAction.WITHDRAWN, channel=channel, language=subscriber.language, now=now)
    suppress(subscriber.email, SuppressionReason.UNSUBSCRIBED, now=now)
    return subscriber


@transaction.atomic
def resubscribe(*, subscriber: Subscriber, now: datetime.datetime) -> Subscriber:
    """Undoes an unsubscription, for a week. Raises CannotResubscribe."""
    subscriber = lock_subscriber(subscriber.pk)
    if not can_resubscribe(subscriber, now):
        raise CannotResubscribe
    change_status(subscriber, SubscriberStatus.SUBSCRIBED, now=now, reason="leaving undone")
    lift_suppression(subscriber.email)
    register(subscriber.email, ConsentAction.RESTORED, channel=Channel.LINK, language=subscriber.language, now=now)
    return subscriber


def can_resubscribe(subscriber: Subscriber, now: datetime.datetime) -> bool:
    """Only subscribers who confirmed once and unsubscribed themselves, recently."""
    if subscriber.status != SubscriberStatus.UNSUBSCRIBED or not subscriber.confirmed_at or not subscriber.unsubscribed_at:
        return False
    if subscriber.unsubscribed_at < now - UNDO:
        return False
    others = Suppression.objects.filter(address_key=subscriber.address_key).exclude(reason=SuppressionReason.UNSUBSCRIBED)
    return not others.exists()


@transaction.atomic
def erase_subscriber(*, subscriber: Subscriber, channel: Channel, now: datetime.datetime) -> None:
    """Deletes the subscriber and all data with the email address. Its keyed hash stays suppressed, so no import brings it back."""
    subscriber = lock_subscriber(subscriber.pk)
    if subscriber.status != SubscriberStatus.UNSUBSCRIBED:
        change_status(subscriber, SubscriberStatus.UNSUBSCRIBED, now=now, reason=f"erased ({channel})")
    register(subscriber.email, ConsentAction.ERASED, channel=channel, language=subscriber.language, now=now)
    suppress(subscriber.email, SuppressionReason.ERASED, now=now)
    forget_email(subscriber.email)
    subscriber.delete()


def forget_email(email: str) -> None:
    """Deletes the other rows with this email address: subscription requests, lines of imports, replies, mails of the newsletter."""
    SubscriptionRequest.objects.filter(email=email).delete()
    SubscriberImportLine.objects.filter(email__iexact=email).delete()
    Reply.objects.filter(sender__iexact=email).delete()
    OutgoingMail.objects.filter(to=email, kind__startswith=KINDS).delete()
