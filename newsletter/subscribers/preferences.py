"""What the links of mails do: change preferences, unsubscribe, resubscribe, erase."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from core.models import OutgoingMail, Theme
from newsletter.enums.readers import Channel, ConsentAction, SubscriberStatus, SuppressionReason
from newsletter.models import ReaderImportLine, Subscriber, SubscriptionRequest, Suppression
from newsletter.subscribers.mails import KINDS
from newsletter.subscribers.status import change_status, lift_suppression, lock_reader, register, suppress

# How long an unsubscription can be undone.
UNDO = datetime.timedelta(days=7)


class CannotResubscribe(Exception):
    """Too late to undo, or suppressed for another reason: a new subscription is needed."""


@transaction.atomic
def change_preferences(*, subscriber: Subscriber, language: str, themes: Iterable[Theme], now: datetime.datetime) -> Subscriber:
    """Changes language and themes."""
    reader = lock_reader(subscriber.pk)
    chosen = {theme.pk for theme in themes}
    if reader.language == language and chosen == set(reader.themes.values_list("pk", flat=True)):
        return reader
    reader.language = language
    reader.save(update_fields=["language"])
    reader.themes.set(chosen)
    register(reader.email, ConsentAction.CHANGED, channel=Channel.LINK, language=language, now=now)
    return reader


@transaction.atomic
def unsubscribe(*, subscriber: Subscriber, channel: Channel, now: datetime.datetime) -> Subscriber:
    """No further mail is sent to this subscriber. Idempotent."""
    reader = lock_reader(subscriber.pk)
    if reader.status != SubscriberStatus.UNSUBSCRIBED:
        change_status(reader, SubscriberStatus.UNSUBSCRIBED, now=now, reason=f"left ({channel})")
        register(reader.email, ConsentAction.WITHDRAWN, channel=channel, language=reader.language, now=now)
    suppress(reader.email, SuppressionReason.UNSUBSCRIBED, now=now)
    return reader


@transaction.atomic
def resubscribe(*, subscriber: Subscriber, now: datetime.datetime) -> Subscriber:
    """Undoes an unsubscription, for a week. Raises CannotResubscribe."""
    reader = lock_reader(subscriber.pk)
    if not can_resubscribe(reader, now):
        raise CannotResubscribe
    change_status(reader, SubscriberStatus.SUBSCRIBED, now=now, reason="leaving undone")
    lift_suppression(reader.email)
    register(reader.email, ConsentAction.RESTORED, channel=Channel.LINK, language=reader.language, now=now)
    return reader


def can_resubscribe(reader: Subscriber, now: datetime.datetime) -> bool:
    """Only subscribers who confirmed once and unsubscribed themselves, recently."""
    if reader.status != SubscriberStatus.UNSUBSCRIBED or not reader.confirmed_at or not reader.unsubscribed_at:
        return False
    if reader.unsubscribed_at < now - UNDO:
        return False
    others = Suppression.objects.filter(address_key=reader.address_key).exclude(reason=SuppressionReason.UNSUBSCRIBED)
    return not others.exists()


@transaction.atomic
def erase_reader(*, subscriber: Subscriber, channel: Channel, now: datetime.datetime) -> None:
    """Deletes the subscriber and all data with the email address. Its keyed hash stays suppressed, so no import brings it back."""
    reader = lock_reader(subscriber.pk)
    if reader.status != SubscriberStatus.UNSUBSCRIBED:
        change_status(reader, SubscriberStatus.UNSUBSCRIBED, now=now, reason=f"erased ({channel})")
    register(reader.email, ConsentAction.ERASED, channel=channel, language=reader.language, now=now)
    suppress(reader.email, SuppressionReason.ERASED, now=now)
    forget_address(reader.email)
    reader.delete()


def forget_address(email: str) -> None:
    """Deletes the other rows with this email address: subscription requests, lines of imports, mails of the newsletter."""
    SubscriptionRequest.objects.filter(email=email).delete()
    ReaderImportLine.objects.filter(email__iexact=email).delete()
    OutgoingMail.objects.filter(to=email, kind__startswith=KINDS).delete()
