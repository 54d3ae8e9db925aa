"""Keeps a bounce with its verdict and draws the consequence for the subscriber; an officer who knows better overturns it."""

import datetime

from django.db import transaction
from django.db.models.functions import TruncDate

from core.models import User
from newsletter.addresses import without_addresses
from newsletter.bounces.parse import BounceReport, PersonalReply
from newsletter.bounces.status_codes import code_in
from newsletter.bounces.verdict import judge
from newsletter.enums.bounces import COUNTED, BounceChannel, BounceKind, BounceReason, kind_of
from newsletter.enums.subscribers import SUBSCRIBER_TRANSITIONS, SubscriberStatus, SuppressionReason
from newsletter.models import Bounce, Delivery, Reply, Subscriber, Suppression
from newsletter.subscribers.status import change_status, lock_subscriber, suppress

# A mailbox that does not exist stops an address at once. One that is full, doubtful or without a domain stops it when it was so on so
# many days within this time: about three issues in a row. A complaint is a wish to leave.
SOFT_DAYS = 3
SOFT_PERIOD = datetime.timedelta(days=180)
# Where a provider names the address only, the mail is the latest one it got.
RECENT = datetime.timedelta(days=30)


class CannotOverturn(Exception):
    """A complaint is the subscriber's own word; and what is overturned already stays so."""


@transaction.atomic
def record_bounce(
    *,
    reason: BounceReason,
    channel: BounceChannel,
    reference: str,
    now: datetime.datetime,
    delivery_id: int | None = None,
    email: str = "",
    key: str = "",
    code: str = "",
    words: str = "",
) -> Bounce | None:
    """Keeps a bounce once and draws the consequence for the subscriber; None for one we know, or one that concerns nobody."""
    subscriber = whose(delivery_id=delivery_id, email=email, key=key)
    if subscriber is None:
        return None
    subscriber = lock_subscriber(subscriber.pk)
    bounce, is_new = Bounce.objects.get_or_create(
        reference=reference[:120],
        defaults={
            "subscriber": subscriber,
            "delivery_id": delivery_id or _latest_delivery(subscriber, now),
            "kind": kind_of(reason),
            "reason": reason,
            "channel": channel,
            "code": code[:12],
            "words": without_addresses(words)[:500],
            "at": now,
        },
    )
    if not is_new:
        return None
    _draw_consequence(subscriber, bounce, now)
    return bounce


def record_report(*, report: BounceReport, now: datetime.datetime) -> Bounce | None:
    """A mail of the mailbox of bounces."""
    return record_bounce(
        reason=report.reason,
        channel=BounceChannel.MAILBOX,
        reference=report.reference,
        now=now,
        delivery_id=report.delivery_id,
        key=report.key,
        code=report.code,
        words=report.words,
    )


def record_refusal(*, delivery_id: int, words: str, now: datetime.datetime) -> Bounce | None:
    """The receiving server refused a mail while we were sending."""
    reference = f"smtp:{delivery_id}:{int(now.timestamp())}"
    reason, code = judge(words=words), code_in(words)
    return record_bounce(
        reason=reason, channel=BounceChannel.SMTP, reference=reference, now=now, delivery_id=delivery_id, code=code, words=words
    )


@transaction.atomic
def record_reply(*, reply: PersonalReply, now: datetime.datetime) -> Reply | None:
    """What a person wrote, for the officer to read; None for one we know."""
    kept, is_new = Reply.objects.get_or_create(
        reference=reply.reference[:120],
        defaults={
            "subscriber": whose(delivery_id=reply.delivery_id),
            "delivery_id": reply.delivery_id,
            "sender": reply.sender,
            "subject": reply.subject,
            "text": reply.text,
            "asks_to_leave": reply.asks_to_leave,
            "at": now,
        },
    )
    return kept if is_new else None


@transaction.atomic
def finish_reply(*, reply: Reply, by: User, now: datetime.datetime) -> None:
    """Somebody read it and did what it asks for. Idempotent."""
    Reply.objects.unread().filter(pk=reply.pk).update(done_at=now, done_by=by)


@transaction.atomic
def overturn_bounce(*, bounce: Bounce, reason: str, by: User, now: datetime.datetime) -> Bounce:
    """An officer knows better: it no longer counts, and a subscriber it stopped gets the newsletter again. Raises CannotOverturn."""
    subscriber = lock_subscriber(bounce.subscriber_id) if bounce.subscriber_id else None
    bounce = Bounce.objects.select_for_update(of=("self",)).get(pk=bounce.pk)
    if bounce.overturned_at or bounce.kind == BounceKind.COMPLAINT:
        raise CannotOverturn
    bounce.overturned_at, bounce.overturned_by = now, by
    bounce.save(update_fields=["overturned_at", "overturned_by"])
    if subscriber and subscriber.status == SubscriberStatus.BOUNCED and not _is_still_stopped(subscriber, now):
        change_status(subscriber, SubscriberStatus.SUBSCRIBED, now=now, by=by, reason=f"bounce overturned: {reason}")
        Suppression.objects.filter(address_key=subscriber.address_key, reason=SuppressionReason.BOUNCED).delete()
    return bounce


def whose(*, delivery_id: int | None, email: str = "", key: str = "") -> Subscriber | None:
    """The subscriber of a delivery, of a key of our links, or of an address where a provider names only that."""
    if delivery_id is not None:
        delivery = Delivery.objects.select_related("subscriber").filter(pk=delivery_id).first()
        if delivery:
            return delivery.subscriber
    if key:
        return Subscriber.objects.filter(token=key).first() or Subscriber.objects.filter(token__iexact=key).first()
    return Subscriber.objects.by_email(email).first() if email else None


def _latest_delivery(subscriber: Subscriber, now: datetime.datetime) -> int | None:
    recent = subscriber.deliveries.filter(done_at__gte=now - RECENT).order_by("-done_at", "-pk")
    return recent.values_list("pk", flat=True).first()


def _draw_consequence(subscriber: Subscriber, bounce: Bounce, now: datetime.datetime) -> None:
    if bounce.kind == BounceKind.COMPLAINT:
        _stop(subscriber, SubscriberStatus.COMPLAINED, SuppressionReason.COMPLAINED, "complaint", now)
    elif bounce.kind == BounceKind.HARD:
        _stop(subscriber, SubscriberStatus.BOUNCED, SuppressionReason.BOUNCED, f"bounced: {bounce.reason}", now)
    elif bounce.reason in COUNTED and _soft_days(subscriber, now) >= SOFT_DAYS:
        _stop(subscriber, SubscriberStatus.BOUNCED, SuppressionReason.BOUNCED, f"bounced on {SOFT_DAYS} days: {bounce.reason}", now)


def _is_still_stopped(subscriber: Subscriber, now: datetime.datetime) -> bool:
    """Whether bounces that stand would stop her all the same."""
    since = subscriber.confirmed_at or now
    return subscriber.bounces.standing().filter(kind=BounceKind.HARD, at__gte=since).exists() or _soft_days(subscriber, now) >= SOFT_DAYS


def _soft_days(subscriber: Subscriber, now: datetime.datetime) -> int:
    """On how many days her mailbox could not take our mail, since the subscriber last confirmed or was reinstated."""
    since = max(now - SOFT_PERIOD, subscriber.confirmed_at or now)
    soft = subscriber.bounces.standing().filter(reason__in=[reason.value for reason in COUNTED], at__gte=since)
    return soft.annotate(day=TruncDate("at")).order_by().values("day").distinct().count()


def _stop(subscriber: Subscriber, to: SubscriberStatus, reason: SuppressionReason, words: str, now: datetime.datetime) -> None:
    if to in SUBSCRIBER_TRANSITIONS[subscriber.status]:
        change_status(subscriber, to, now=now, reason=words)
        suppress(subscriber.email, reason, now=now)
    elif to == SubscriberStatus.COMPLAINED:
        suppress(subscriber.email, reason, now=now)
