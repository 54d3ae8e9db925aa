"""The ledger while an issue is sent: take one delivery in hand, commit, and only then let its mail leave.

Everything that must never happen twice hangs on `advance`: the row is taken under its lock, the reader is looked at once more,
and the claim is committed before the first byte of the mail leaves. A claim without an outcome says "perhaps"; it becomes UNCERTAIN
and is shown, never sent again by itself (decision 13).
"""

import datetime
from dataclasses import dataclass
from typing import Any, LiteralString

from django.db import connection, transaction
from django.db.models import F
from psycopg import Cursor

from newsletter.enums.issues import DeliveryStatus, IssueStatus
from newsletter.mailing.transport import Answer, Outcome
from newsletter.models import Delivery, Subscriber
from newsletter.querysets.deliveries import DeliveryQuerySet
from newsletter.services.bounces import record_refusal

# After each temporary refusal, how long until the next try; after the last one it is final.
BACKOFF = tuple(datetime.timedelta(minutes=minutes) for minutes in (2, 10, 45, 180))

FINAL_STATUS = {
    Outcome.ACCEPTED: DeliveryStatus.ACCEPTED,
    Outcome.REFUSED: DeliveryStatus.REFUSED,
    Outcome.UNCERTAIN: DeliveryStatus.UNCERTAIN,
}

# What became of the last mail, and the next row with its reader looked at once more: one statement, so one way to the database and one
# commit a mail, which is what a sender's speed is made of. SKIP LOCKED lets several senders walk the same ledger without waiting.
ADVANCE: LiteralString = """
WITH marked AS (
    UPDATE newsletter_delivery SET status = %(status)s, done_at = %(now)s, code = %(code)s, answer = %(answer)s
    WHERE id = %(previous)s AND claim = %(holder)s AND status IN ('claimed', 'uncertain')
), next AS (
    SELECT id, edition_id, subscriber_id FROM newsletter_delivery
    WHERE issue_id = %(issue)s AND status = 'waiting' AND next_try_at <= %(now)s
      AND EXISTS (SELECT 1 FROM newsletter_issue WHERE id = %(issue)s AND status = 'sending')
    ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
), wanted AS (
    SELECT next.id, reader.email, reader.token FROM next JOIN newsletter_subscriber AS reader ON reader.id = next.subscriber_id
    WHERE reader.status = 'subscribed'
      AND NOT EXISTS (SELECT 1 FROM newsletter_suppression WHERE address_key = reader.address_key)
), claimed AS (
    UPDATE newsletter_delivery AS row SET
        status = CASE WHEN wanted.id IS NULL THEN 'suppressed' ELSE 'claimed' END,
        done_at = CASE WHEN wanted.id IS NULL THEN %(now)s END,
        claim = %(holder)s, claimed_at = %(now)s, attempts = row.attempts + 1
    FROM next LEFT JOIN wanted ON wanted.id = next.id WHERE row.id = next.id
)
SELECT next.id, next.edition_id, wanted.email, wanted.token FROM next LEFT JOIN wanted ON wanted.id = next.id
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
    if is_retry or (result and result.answer.outcome is Outcome.LATER) or connection.vendor != "postgresql":
        with transaction.atomic():
            if result:
                write_result(result=result, holder=holder, now=now)
            if is_retry:
                release(holder=holder, now=now)
            return claim_next(issue_id=issue_id, holder=holder, now=now)
    return _advance_at_once(issue_id, holder, now, result)


def _advance_at_once(issue_id: int, holder: str, now: datetime.datetime, result: Result | None) -> Claim | None:
    """One statement a mail. Rows nobody wants any more are marked on the way."""
    while True:
        answer = result.answer if result else Answer(Outcome.ACCEPTED)
        values: dict[str, Any] = {
            "issue": issue_id,
            "holder": holder,
            "now": now,
            "previous": result.delivery_id if result else 0,
            "status": FINAL_STATUS[answer.outcome].value,
            "code": answer.code or None,
            "answer": answer.words,
        }
        row = _prepared(ADVANCE, values)
        if row is None or row[2] is not None:
            return Claim(*row) if row else None
        result = None


def _prepared(sql: LiteralString, values: dict[str, Any]) -> Any:
    """One row of a statement that PostgreSQL plans once: Django's own cursor would have it planned again for each mail."""
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        return cursor.execute(sql, values, prepare=True).fetchone()


def claim_next(*, issue_id: int, holder: str, now: datetime.datetime) -> Claim | None:
    """The same step by step, for any database and after a retry. Must be committed before its mail leaves.

    SQLite has no row locks and needs none: its transactions come one after the other.
    """
    due = Delivery.objects.waiting().filter(issue_id=issue_id, issue__status=IssueStatus.SENDING, next_try_at__lte=now)
    with transaction.atomic():
        while row := due.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at", "pk").first():
            reader = Subscriber.objects.subscribed().not_suppressed().filter(pk=row.subscriber_id).first()
            row.status = DeliveryStatus.CLAIMED if reader else DeliveryStatus.SUPPRESSED
            row.done_at = None if reader else now
            row.claim, row.claimed_at, row.attempts = holder, now, row.attempts + 1
            row.save(update_fields=["status", "done_at", "claim", "claimed_at", "attempts"])
            if reader:
                return Claim(row.pk, row.edition_id, reader.email, reader.token)
    return None


def write_result(*, result: Result, holder: str, now: datetime.datetime) -> bool:
    """Marks what became of a claim; False when the row is not this sender's any more (nothing is changed then).

    A claim that counted as UNCERTAIN meanwhile is set right: its holder lives and knows better.
    """
    outcome = result.answer.outcome
    if outcome is Outcome.LATER:
        return _try_later(result, holder, now)
    return _finish(result.delivery_id, holder, FINAL_STATUS[outcome], now, result.answer)


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
