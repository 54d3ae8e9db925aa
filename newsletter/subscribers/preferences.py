"""What a reader does through the links of her mails: choose, leave, come back, be erased."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from core.models import OutgoingMail, Theme
from newsletter.enums.readers import Channel, ConsentAction, SubscriberStatus, SuppressionReason
from newsletter.models import Reply, Subscriber, SubscriberImportLine, SubscriptionWish, Suppression
from newsletter.subscribers.mails import KINDS
from newsletter.subscribers.status import change_status, lift_suppression, lock_reader, register, suppress

# How long the page that says good-bye can be taken back.
UNDO = datetime.timedelta(days=7)


class CannotComeBack(Exception):
    """Too late to undo, or the address was stopped for another reason: a new subscription is needed."""


@transaction.atomic
def change_preferences(*, subscriber: Subscriber, language: str, themes: Iterable[Theme], now: datetime.datetime) -> Subscriber:
    """Another language, other themes."""
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
def leave(*, subscriber: Subscriber, channel: Channel, now: datetime.datetime) -> Subscriber:
    """Nothing more leaves for this reader, from this moment on. Twice is once."""
    reader = lock_reader(subscriber.pk)
    if reader.status != SubscriberStatus.UNSUBSCRIBED:
        change_status(reader, SubscriberStatus.UNSUBSCRIBED, now=now, reason=f"left ({channel})")
        register(reader.email, ConsentAction.WITHDRAWN, channel=channel, language=reader.language, now=now)
    suppress(reader.email, SuppressionReason.UNSUBSCRIBED, now=now)
    return reader


@transaction.atomic
def come_back(*, subscriber: Subscriber, now: datetime.datetime) -> Subscriber:
    """Takes the leaving back, for a week. Raises CannotComeBack."""
    reader = lock_reader(subscriber.pk)
    if not can_come_back(reader, now):
        raise CannotComeBack
    change_status(reader, SubscriberStatus.SUBSCRIBED, now=now, reason="leaving undone")
    lift_suppression(reader.email)
    register(reader.email, ConsentAction.RESTORED, channel=Channel.LINK, language=reader.language, now=now)
    return reader


def can_come_back(reader: Subscriber, now: datetime.datetime) -> bool:
    """Only who was a reader, left by herself, a short while ago."""
    if reader.status != SubscriberStatus.UNSUBSCRIBED or not reader.confirmed_at or not reader.unsubscribed_at:
        return False
    if reader.unsubscribed_at < now - UNDO:
        return False
    others = Suppression.objects.filter(address_key=reader.address_key).exclude(reason=SuppressionReason.UNSUBSCRIBED)
    return not others.exists()


@transaction.atomic
def erase_reader(*, subscriber: Subscriber, channel: Channel, now: datetime.datetime) -> None:
    """Forgets the address and all that hangs on it. Its keyed hash stays, so that no import brings it back; the register names nobody."""
    reader = lock_reader(subscriber.pk)
    if reader.status != SubscriberStatus.UNSUBSCRIBED:
        change_status(reader, SubscriberStatus.UNSUBSCRIBED, now=now, reason=f"erased ({channel})")
    register(reader.email, ConsentAction.ERASED, channel=channel, language=reader.language, now=now)
    suppress(reader.email, SuppressionReason.ERASED, now=now)
    forget_address(reader.email)
    reader.delete()


def forget_address(email: str) -> None:
    """Deletes what carries the address outside its own row: wishes, lines of imports, replies, mails of the newsletter."""
    SubscriptionWish.objects.filter(email=email).delete()
    SubscriberImportLine.objects.filter(email__iexact=email).delete()
    Reply.objects.filter(sender__iexact=email).delete()
    OutgoingMail.objects.filter(to=email, kind__startswith=KINDS).delete()
