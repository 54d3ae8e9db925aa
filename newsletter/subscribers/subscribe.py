"""Somebody wants the newsletter: asked by a form, answered by mail, done by the mailed link.

The form writes one row and queues one task, whatever is known of the address: its answer and its duration tell nothing. All that
differs happens in the worker.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction

from core.email_addresses import normalised
from core.models import OutgoingMail, Theme
from core.web.ratelimit import may_write_again
from newsletter.enums.readers import Channel, ConsentAction, SubscriberStatus
from newsletter.models import Subscriber, SubscriptionWish
from newsletter.signals import wished
from newsletter.subscribers import mails
from newsletter.subscribers.status import change_status, lift_suppression, lock_reader, record, register

# A wish nobody confirms is forgotten, and its link with it.
VALID = datetime.timedelta(days=14)


class WishGone(Exception):
    """The link is older than two weeks; a new form makes a new one."""


@transaction.atomic
def wish_newsletter(
    *, email: str, language: str, themes: Sequence[int] = (), channel: Channel, wording: str, now: datetime.datetime
) -> SubscriptionWish:
    """Keeps the wish; the worker answers it by mail. The same work for every address."""
    wish = SubscriptionWish.objects.create(
        email=normalised(email), language=language, themes=list(themes), channel=channel, wording=wording, created_at=now
    )
    wished.send(sender=SubscriptionWish, wish_id=wish.pk)
    return wish


@transaction.atomic
def answer_wish(*, wish_id: int, now: datetime.datetime) -> OutgoingMail | None:
    """Mails the link that confirms, or tells a reader that she is one; at most one mail per address and hour. Safe to run twice."""
    wish = SubscriptionWish.objects.select_for_update().filter(pk=wish_id).first()
    if wish is None or OutgoingMail.objects.filter(about=about(wish)).exists():
        return None
    reader = _reader_of(wish, now)
    register(wish.email, ConsentAction.ASKED, channel=Channel(wish.channel), language=wish.language, wording=wish.wording, now=now)
    is_reader = reader.status == SubscriberStatus.SUBSCRIBED
    if is_reader and wish.channel == Channel.ENROLMENT:
        return None  # she ticked a box, and has what it gives
    if not may_write_again(scope="newsletter-wish", key=wish.email, now=now):
        return None
    if is_reader:
        return mails.already_subscribed(reader, about=about(wish), now=now)
    return mails.confirm_subscription(wish, leave_key=reader.token, about=about(wish), now=now)


@transaction.atomic
def confirm_wish(*, wish: SubscriptionWish, now: datetime.datetime) -> Subscriber:
    """The mailed link was used: the reader gets what she asked for, in her language. Twice is once. Raises WishGone."""
    wish = SubscriptionWish.objects.select_for_update().get(pk=wish.pk)
    reader = lock_reader(_reader_of(wish, now).pk)
    if wish.confirmed_at:
        return reader
    check_still_open(wish, now)
    reader.language = wish.language
    reader.save(update_fields=["language"])
    reader.themes.set(Theme.objects.filter(pk__in=wish.themes))
    if reader.status != SubscriberStatus.SUBSCRIBED:
        change_status(reader, SubscriberStatus.SUBSCRIBED, now=now, reason=f"confirmed ({wish.channel})")
    lift_suppression(reader.email)
    wish.confirmed_at = now
    wish.save(update_fields=["confirmed_at"])
    register(reader.email, ConsentAction.CONFIRMED, channel=Channel.LINK, language=wish.language, wording=wish.wording, now=now)
    return reader


def check_still_open(wish: SubscriptionWish, now: datetime.datetime) -> None:
    """Raises WishGone for a link that waited too long; one that was used stays."""
    if not wish.confirmed_at and wish.created_at < now - VALID:
        raise WishGone


def about(wish: SubscriptionWish) -> str:
    """How the mail of a wish is found again."""
    return f"newsletter-wish:{wish.pk}"


def _reader_of(wish: SubscriptionWish, now: datetime.datetime) -> Subscriber:
    """The row of this address, made when it is new."""
    reader, created = Subscriber.objects.get_or_create(email=wish.email, defaults={"language": wish.language, "created_at": now})
    if created:
        record(reader, "", now=now, reason=f"asked ({wish.channel})")
    return reader
