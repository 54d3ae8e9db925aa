"""What the communication officer does with a subscriber, when somebody asks by phone."""

import datetime

from django.db import transaction

from core.models import User
from newsletter.enums.subscribers import SubscriberStatus, SuppressionReason
from newsletter.models import Subscriber, Suppression
from newsletter.subscribers.status import change_status, lock_subscriber


class CannotReinstate(Exception):
    """Only an address that came back can be tried again; who left or complained must ask herself."""


@transaction.atomic
def reinstate_subscriber(*, subscriber: Subscriber, reason: str, by: User, now: datetime.datetime) -> Subscriber:
    """Mails came back, and the address works again: its consent was never withdrawn. Raises CannotReinstate."""
    subscriber = lock_subscriber(subscriber.pk)
    stops = Suppression.objects.filter(address_key=subscriber.address_key)
    if subscriber.status != SubscriberStatus.BOUNCED or stops.exclude(reason=SuppressionReason.BOUNCED).exists():
        raise CannotReinstate
    change_status(subscriber, SubscriberStatus.SUBSCRIBED, now=now, by=by, reason=reason)
    stops.delete()
    return subscriber
