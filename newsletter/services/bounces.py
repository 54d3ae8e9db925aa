"""Mail that came back and complaints: counted per kind, and what they mean for the reader."""

import datetime

from django.db import transaction
from django.db.models.functions import TruncDate

from newsletter.addresses import without_addresses
from newsletter.enums.subscribers import SUBSCRIBER_TRANSITIONS, BounceChannel, BounceKind, SubscriberStatus, SuppressionReason
from newsletter.models import Bounce, Delivery, Subscriber
from newsletter.returns.codes import code_in, kind_of
from newsletter.returns.message import Return
from newsletter.subscribers.status import change_status, lock_subscriber, suppress

# One refusal for good stops an address; one that may pass stops it when it came on so many days within this time: about
# three issues in a row. A complaint is a wish to leave.
SOFT_DAYS = 3
SOFT_PERIOD = datetime.timedelta(days=180)


@transaction.atomic
def record_bounce(
    *,
    kind: BounceKind,
    channel: BounceChannel,
    reference: str,
    now: datetime.datetime,
    delivery_id: int | None = None,
    email: str = "",
    code: str = "",
    words: str = "",
) -> Bounce | None:
    """Keeps a return once and draws the consequence for the reader; None for one we know, or one that concerns nobody."""
    reader = _whose(delivery_id, email)
    if reader is None:
        return None
    reader = lock_subscriber(reader.pk)
    bounce, is_new = Bounce.objects.get_or_create(
        reference=reference[:120],
        defaults={
            "subscriber": reader,
            "delivery_id": delivery_id,
            "kind": kind,
            "channel": channel,
            "code": code[:12],
            "words": without_addresses(words)[:500],
            "at": now,
        },
    )
    if not is_new:
        return None
    _draw_consequence(reader, kind, now)
    return bounce


def record_return(*, returned: Return, now: datetime.datetime) -> Bounce | None:
    """A mail of the mailbox of returns."""
    return record_bounce(
        kind=returned.kind,
        channel=BounceChannel.MAILBOX,
        reference=returned.reference,
        now=now,
        delivery_id=returned.delivery_id,
        code=returned.code,
        words=returned.words,
    )


def record_refusal(*, delivery_id: int, words: str, now: datetime.datetime) -> Bounce | None:
    """The receiving server refused the address while we were sending."""
    code = code_in(words)
    reference = f"smtp:{delivery_id}:{int(now.timestamp())}"
    kind = kind_of(code, words)
    return record_bounce(
        kind=kind, channel=BounceChannel.SMTP, reference=reference, now=now, delivery_id=delivery_id, code=code, words=words
    )


def _whose(delivery_id: int | None, email: str) -> Subscriber | None:
    """The reader of a delivery, or of an address where the provider names only that."""
    if delivery_id is not None:
        delivery = Delivery.objects.select_related("subscriber").filter(pk=delivery_id).first()
        if delivery:
            return delivery.subscriber
    return Subscriber.objects.by_email(email).first() if email else None


def _draw_consequence(reader: Subscriber, kind: BounceKind, now: datetime.datetime) -> None:
    if kind == BounceKind.COMPLAINT:
        _stop(reader, SubscriberStatus.COMPLAINED, SuppressionReason.COMPLAINED, "complaint", now)
    elif kind == BounceKind.HARD:
        _stop(reader, SubscriberStatus.BOUNCED, SuppressionReason.BOUNCED, "returned for good", now)
    elif _soft_days(reader, now) >= SOFT_DAYS:
        _stop(reader, SubscriberStatus.BOUNCED, SuppressionReason.BOUNCED, f"returned on {SOFT_DAYS} days", now)


def _soft_days(reader: Subscriber, now: datetime.datetime) -> int:
    """On how many days mail came back for now, since the reader last confirmed or was reinstated."""
    since = max(now - SOFT_PERIOD, reader.confirmed_at or now)
    soft = reader.bounces.filter(kind=BounceKind.SOFT, at__gte=since)
    return soft.annotate(day=TruncDate("at")).order_by().values("day").distinct().count()


def _stop(reader: Subscriber, to: SubscriberStatus, reason: SuppressionReason, words: str, now: datetime.datetime) -> None:
    if to in SUBSCRIBER_TRANSITIONS[reader.status]:
        change_status(reader, to, now=now, reason=words)
        suppress(reader.email, reason, now=now)
    elif to == SubscriberStatus.COMPLAINED:
        suppress(reader.email, reason, now=now)
