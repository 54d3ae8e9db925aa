"""Double opt-in: a form makes a subscription request, a mail asks for confirmation, its link confirms.

The form writes one row and queues one task whether or not the email address is known, so neither its response nor its duration reveals
who subscribes. Everything that differs happens in the worker.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction

from core.models import OutgoingMail, Theme
from core.text.email_addresses import normalised
from core.web.ratelimit import may_write_again
from newsletter.enums.subscribers import Channel, ConsentAction, SubscriberStatus
from newsletter.models import Subscriber, SubscriptionRequest
from newsletter.signals import subscription_requested
from newsletter.subscribers import mails
from newsletter.subscribers.status import change_status, lift_suppression, lock_subscriber, record, register

# An unconfirmed request is deleted after this time, and its link with it.
VALID = datetime.timedelta(days=14)


class ConfirmationExpired(Exception):
    """The confirmation link is older than two weeks; the form makes a new one."""


@transaction.atomic
def request_subscription(
    *, email: str, language: str, themes: Sequence[int] = (), channel: Channel, wording: str, now: datetime.datetime
) -> SubscriptionRequest:
    """Stores the request; the worker mails the confirmation link. The same work for every email address."""
    subscription_request = SubscriptionRequest.objects.create(
        email=normalised(email), language=language, themes=list(themes), channel=channel, wording=wording, created_at=now
    )
    subscription_requested.send(sender=SubscriptionRequest, request_id=subscription_request.pk)
    return subscription_request


@transaction.atomic
def send_confirmation(*, request_id: int, now: datetime.datetime) -> OutgoingMail | None:
    """Mails the confirmation link, or says "already subscribed"; at most one mail per email address and hour. Idempotent."""
    subscription_request = SubscriptionRequest.objects.select_for_update().filter(pk=request_id).first()
    if subscription_request is None or OutgoingMail.objects.filter(about=about(subscription_request)).exists():
        return None
    subscriber = _subscriber_of(subscription_request, now)
    register(
        subscription_request.email,
        ConsentAction.ASKED,
        channel=Channel(subscription_request.channel),
        language=subscription_request.language,
        wording=subscription_request.wording,
        now=now,
    )
    is_subscriber = subscriber.status == SubscriberStatus.SUBSCRIBED
    if is_subscriber and subscription_request.channel == Channel.ENROLMENT:
        return None  # already has what the box of the enrolment form offers
    if not may_write_again(scope="newsletter-subscription", key=subscription_request.email, now=now):
        return None
    if is_subscriber:
        return mails.already_subscribed(subscriber, about=about(subscription_request), now=now)
    return mails.confirmation(subscription_request, unsubscribe_token=subscriber.token, about=about(subscription_request), now=now)


@transaction.atomic
def confirm_subscription(*, subscription_request: SubscriptionRequest, now: datetime.datetime) -> Subscriber:
    """The confirmation link was used: subscribes with the language and themes of the request. Idempotent. Raises ConfirmationExpired."""
    subscription_request = SubscriptionRequest.objects.select_for_update().get(pk=subscription_request.pk)
    subscriber = lock_subscriber(_subscriber_of(subscription_request, now).pk)
    if subscription_request.confirmed_at:
        return subscriber
    check_still_open(subscription_request, now)
    subscriber.language = subscription_request.language
    subscriber.save(update_fields=["language"])
    subscriber.themes.set(Theme.objects.filter(pk__in=subscription_request.themes))
    if subscriber.status != SubscriberStatus.SUBSCRIBED:
        change_status(subscriber, SubscriberStatus.SUBSCRIBED, now=now, reason=f"confirmed ({subscription_request.channel})")
    lift_suppression(subscriber.email)
    subscription_request.confirmed_at = now
    subscription_request.save(update_fields=["confirmed_at"])
    register(
        subscriber.email,
        ConsentAction.CONFIRMED,
        channel=Channel.LINK,
        language=subscription_request.language,
        wording=subscription_request.wording,
        now=now,
    )
    return subscriber


def check_still_open(subscription_request: SubscriptionRequest, now: datetime.datetime) -> None:
    """Raises ConfirmationExpired for a link that waited too long; one that was used stays."""
    if not subscription_request.confirmed_at and subscription_request.created_at < now - VALID:
        raise ConfirmationExpired


def about(subscription_request: SubscriptionRequest) -> str:
    """Reference under which the mail of a request is found again. (The value is stored with mails sent so far.)"""
    return f"newsletter-wish:{subscription_request.pk}"


def _subscriber_of(subscription_request: SubscriptionRequest, now: datetime.datetime) -> Subscriber:
    """The subscriber with this email address, created if new."""
    subscriber, created = Subscriber.objects.get_or_create(
        email=subscription_request.email, defaults={"language": subscription_request.language, "created_at": now}
    )
    if created:
        record(subscriber, "", now=now, reason=f"asked ({subscription_request.channel})")
    return subscriber
