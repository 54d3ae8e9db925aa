"""Reinstating a subscriber whose mails bounced."""

import datetime

from django.db import transaction

from core.models import User
from newsletter.enums.subscribers import SubscriberStatus, SuppressionReason
from newsletter.models import Subscriber, Suppression
from newsletter.subscribers.status import change_status, lock_subscriber


class CannotReinstate(Exception):
    """Only after bounces; whoever unsubscribed or complained must subscribe again."""


@transaction.atomic
def reinstate_subscriber(*, subscriber: Subscriber, reason: str, by: User, now: datetime.datetime) -> Subscriber:
    """The email address works again after bounces; its consent was never withdrawn. Raises CannotReinstate."""
    subscriber = lock_subscriber(subscriber.pk)
    stops = Suppression.objects.filter(address_key=subscriber.address_key)
    if subscriber.status != SubscriberStatus.BOUNCED or stops.exclude(reason=SuppressionReason.BOUNCED).exists():
        raise CannotReinstate
    change_status(subscriber, SubscriberStatus.SUBSCRIBED, now=now, by=by, reason=reason)
    stops.delete()
    return subscriber
