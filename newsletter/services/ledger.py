"""The ledger while an issue is sent: take one delivery in hand, commit, and only then let its mail leave.

Everything that must never happen twice hangs on `claim_next`: the row is taken under its lock, the reader is looked at once more,
and the claim is committed before the first byte of the mail leaves. A claim without an outcome says "perhaps"; it becomes UNCERTAIN
and is shown, never sent again by itself (decision 10).
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from newsletter.enums.issues import DeliveryStatus, IssueStatus
from newsletter.enums.readers import SubscriberStatus
from newsletter.mailing.transport import Answer, Outcome
from newsletter.models import Delivery
from newsletter.querysets.deliveries import DeliveryQuerySet
from newsletter.services.bounces import record_refusal

# After each temporary refusal, how long until the next try; after the last one it is final.
BACKOFF = tuple(datetime.timedelta(minutes=minutes) for minutes in (2, 10, 45, 180))

# One statement: SKIP LOCKED lets several senders walk the same ledger without waiting for one another. SQLite has no row locks
# and needs none, its transactions come one after the other.
CLAIM = """
UPDATE newsletter_delivery SET status = %(claimed)s, claim = %(holder)s, claimed_at = %(now)s, attempts = attempts + 1
WHERE id = (
    SELECT id FROM newsletter_delivery
    WHERE issue_id = %(issue)s AND status = 'waiting' AND next_try_at <= %(now)s
      AND EXISTS (SELECT 1 FROM newsletter_issue WHERE id = %(issue)s AND status = %(sending)s)
    ORDER BY next_try_at, id LIMIT 1 {lock}
)
RETURNING id, edition_id, subscriber_id
"""
WANTED = """
SELECT email, token FROM newsletter_subscriber AS reader
WHERE id = %(subscriber)s AND status = %(subscribed)s
  AND NOT EXISTS (SELECT 1 FROM newsletter_suppression WHERE address_key = reader.address_key)
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One delivery in hand, and what its mail needs."""

    delivery_id: int
    edition_id: int
    email: str
    key: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a claim."""

    delivery_id: int
    answer: Answer


def advance(*, issue_id: int, holder: str, now: datetime.datetime, result: Result | None, is_retry: bool = False) -> Claim | None:
    """Writes down what became of the last mail and takes the next one in hand, in one transaction: one commit a mail.

    None when nothing is left for now: no waiting row is due, or the issue is not being sent (any more). `is_retry`: the database was
    lost during an earlier call, which may have taken a row in hand that we never heard of; nothing of it was sent.
    """
    with transaction.atomic():
        if result:
            write_result(result=result, holder=holder, now=now)
        if is_retry:
            release(holder=holder, now=now)
        return claim_next(issue_id=issue_id, holder=holder, now=now)


def claim_next(*, issue_id: int, holder: str, now: datetime.datetime) -> Claim | None:
    """Takes the next due delivery in hand; those nobody wants any more are marked on the way. Must be committed before its mail leaves."""
    lock = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    values: dict[str, Any] = {
        "issue": issue_id,
        "holder": holder,
        "now": connection.ops.adapt_datetimefield_value(now),
        "claimed": DeliveryStatus.CLAIMED.value,
        "sending": IssueStatus.SENDING.value,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        while True:
            cursor.execute(CLAIM.format(lock=lock), values)
            row = cursor.fetchone()
            if row is None:
                return None
            delivery_id, edition_id, subscriber_id = row
            cursor.execute(WANTED, {"subscriber": subscriber_id, "subscribed": SubscriberStatus.SUBSCRIBED.value})
            reader = cursor.fetchone()
            if reader:
                return Claim(delivery_id, edition_id, *reader)
            _finish(delivery_id, holder, DeliveryStatus.SUPPRESSED, now, Answer(Outcome.REFUSED))


def write_result(*, result: Result, holder: str, now: datetime.datetime) -> bool:
    """Marks what became of a claim; False when the row is not this sender's any more (nothing is changed then).

    A claim that counted as UNCERTAIN meanwhile is set right: its holder lives and knows better.
    """
    outcome = result.answer.outcome
    if outcome is Outcome.LATER:
        return _try_later(result, holder, now)
    status = {
        Outcome.ACCEPTED: DeliveryStatus.ACCEPTED,
        Outcome.REFUSED: DeliveryStatus.REFUSED,
        Outcome.UNCERTAIN: DeliveryStatus.UNCERTAIN,
    }[outcome]
    return _finish(result.delivery_id, holder, status, now, result.answer)


def _finish(delivery_id: int, holder: str, status: DeliveryStatus, now: datetime.datetime, answer: Answer) -> bool:
    is_written = bool(_held(delivery_id, holder).update(status=status, done_at=now, code=answer.code or None, answer=answer.words))
    if is_written and status == DeliveryStatus.REFUSED and answer.is_about_reader:
        record_refusal(delivery_id=delivery_id, words=answer.words, now=now)
    return is_written


def _held(delivery_id: int, holder: str) -> DeliveryQuerySet:
    in_hand = (DeliveryStatus.CLAIMED, DeliveryStatus.UNCERTAIN)
    return Delivery.objects.filter(pk=delivery_id, claim=holder, status__in=in_hand)


def _try_later(result: Result, holder: str, now: datetime.datetime) -> bool:
    delivery = _held(result.delivery_id, holder).first()
    if delivery is None:
        return False
    if delivery.attempts > len(BACKOFF):
        return _finish(delivery.pk, holder, DeliveryStatus.REFUSED, now, result.answer)
    _held(delivery.pk, holder).update(
        status=DeliveryStatus.WAITING,
        claim="",
        claimed_at=None,
        next_try_at=now + BACKOFF[delivery.attempts - 1],
        code=result.answer.code or None,
        answer=result.answer.words,
    )
    return True


def release(*, holder: str, now: datetime.datetime) -> int:
    """Puts back what this sender has in hand. Only for a sender that knows that it sent nothing of it."""
    held = Delivery.objects.claimed().filter(claim=holder)
    return held.update(status=DeliveryStatus.WAITING, claim="", claimed_at=None, next_try_at=now, attempts=F("attempts") - 1)


def give_up_orphans(*, issue_id: int, before: datetime.datetime, now: datetime.datetime) -> int:
    """Claims of senders that are gone become UNCERTAIN: their mail may have left or not. Returns how many."""
    orphans = Delivery.objects.filter(issue_id=issue_id).orphaned(before)
    return orphans.update(status=DeliveryStatus.UNCERTAIN, done_at=now, answer="The sender ended before it knew.")
