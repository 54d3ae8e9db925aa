"""Who stands behind the key of a link."""

from newsletter.models import Subscriber, SubscriptionWish


def reader_of_key(key: str) -> Subscriber | None:
    """The reader of a mailed link."""
    return Subscriber.objects.filter(token=key).first()


def wish_of_key(key: str) -> SubscriptionWish | None:
    """The wish of a mailed link."""
    return SubscriptionWish.objects.filter(token=key).first()
