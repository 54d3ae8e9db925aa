"""The row a token in a link belongs to."""

from newsletter.models import Subscriber, SubscriptionRequest


def subscriber_of_key(key: str) -> Subscriber | None:
    """The subscriber of a mailed link."""
    return Subscriber.objects.filter(token=key).first()


def request_of_key(key: str) -> SubscriptionRequest | None:
    """The subscription request of a mailed link."""
    return SubscriptionRequest.objects.filter(token=key).first()
