"""Claims deliveries in batches. The claim is committed before the first mail of the batch is sent.

Exactly-once as far as SMTP allows rests on two steps (decisions 13 and 17):

- `claim_batch` stores the results of the last batch and claims the next one, in one durable transaction;
- `mark_sending` notes that one mail is being sent, just before it is. The note waits for no disk: its table (`InFlightNote`) is
  unlogged, the database empties it after a crash, and a claimed delivery without a note is treated as UNCERTAIN.

A killed sender therefore leaves at most one delivery whose outcome is unknown: it becomes UNCERTAIN, is shown, and is never retried
automatically. The deliveries before it are settled from the notes, those after it are released.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain
from typing import Any, LiteralString

from django.db import connection, transaction
from django.db.models import F
from psycopg import Cursor

from newsletter.bounces.record import record_refusal
from newsletter.enums.issues import DeliveryStatus, IssueStatus, SystemNote
from newsletter.issues.status import lock_issue
from newsletter.models import Delivery, InFlightNote, Issue, Subscriber
from newsletter.querysets.deliveries import DeliveryQuerySet
from newsletter.sending.transport import Answer, Outcome

# Wait after each temporary refusal; after the last one the refusal is final.
BACKOFF = tuple(datetime.timedelta(minutes=minutes) for minutes in (2, 10, 45, 180))

FINAL_STATUS = {
    Outcome.ACCEPTED: DeliveryStatus.ACCEPTED,
    Outcome.REFUSED: DeliveryStatus.REFUSED,
    Outcome.UNCERTAIN: DeliveryStatus.UNCERTAIN,
    Outcome.UNWANTED: DeliveryStatus.SUPPRESSED,
}

# One statement per mail: stores the result of the previous mail and marks the next one as being sent, provided the issue is still
# SENDING and the subscriber still eligible at the same email address. (The answer columns of a mail being sent mean nothing.)
MARK_SENDING: LiteralString = """
UPDATE newsletter_inflightnote SET
    state = CASE WHEN delivery_id = %(next)s THEN 'sending' ELSE %(outcome)s END,
    code = %(code)s, answer = %(answer)s, is_about_recipient = %(is_about_recipient)s, at = %(at)s
WHERE holder = %(holder)s AND (
    delivery_id = %(previous)s
    OR delivery_id = %(next)s AND state IN ('claimed', 'sending')
    AND EXISTS (SELECT 1 FROM newsletter_issue WHERE id = %(issue)s AND status = 'sending')
    AND EXISTS (
        SELECT 1 FROM newsletter_subscriber AS subscriber
        WHERE subscriber.id = %(subscriber)s AND subscriber.email = %(email)s AND subscriber.status = 'subscribed'
        AND NOT EXISTS (SELECT 1 FROM newsletter_suppression WHERE address_key = subscriber.address_key)
    )
) RETURNING delivery_id
"""
# One statement per batch. A sender that lost its claim changes nothing. (The cast: a missing code has no type of its own.)
FINISH = """
UPDATE newsletter_delivery SET status = final.column2, done_at = final.column3, code = final.column4, answer = final.column5
FROM (VALUES {results}) AS final
WHERE id = final.column1 AND claim = %s AND status IN ('claimed', 'uncertain')
"""
RESULT = "(%s, %s, %s, CAST(%s AS smallint), %s)"
# One statement per batch: a note for each delivery this sender has just claimed.
NOTE_THE_BATCH = """
INSERT INTO newsletter_inflightnote (delivery_id, holder, state, answer, is_about_recipient, at)
SELECT id, claim, 'claimed', '', TRUE, claimed_at FROM newsletter_delivery
WHERE issue_id = %s AND status = 'claimed' AND claim = %s
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claimed delivery, and what its mail needs."""

    delivery_id: int
    issue_id: int
    edition_id: int
    subscriber_id: int | None
    email: str
    token: str


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a claim, and when."""

    delivery_id: int
    answer: Answer
    at: datetime.datetime


class SendDecision(Enum):
    """What a sender does with the next mail of its batch."""

    SEND = auto()
    UNWANTED = auto()
    # The issue is no longer SENDING, or the claim was lost: go back to the ledger.
    STOP = auto()


@transaction.atomic
def claim_batch(*, issue_id: int, holder: str, results: Iterable[Result], size: int, now: datetime.datetime) -> list[Claim]:
    """Stores `results`, releases the other claims of this sender, and claims up to `size` deliveries that are due.

    Must be committed before the first of their mails is sent. Idempotent, so a sender that lost the database repeats it; what it had
    claimed without a result was not sent. Empty when nothing is due or the issue is not SENDING.
    """
    issue = lock_issue(issue_id)
    write_results(results=results, holder=holder)
    release(Delivery.objects.filter(issue=issue, claim=holder), issue)
    _cancel_retries_of_a_cancelled_issue(issue)
    InFlightNote.objects.filter(holder=holder).delete()
    return _claim(issue, holder, size, now) if size and issue.status == IssueStatus.SENDING else []


def _claim(issue: Issue, holder: str, size: int, now: datetime.datetime) -> list[Claim]:
    """SKIP LOCKED: senders claim without waiting for each other. (SQLite has no row locks and needs none.)"""
    due = Delivery.objects.waiting().filter(issue=issue, next_try_at__lte=now).select_for_update(skip_locked=True, of=("self",))
    rows = due.order_by("next_try_at", "pk").values_list("pk", "edition_id", "subscriber_id", "subscriber__email", "subscriber__token")
    claims = [Claim(pk, issue.pk, edition, subscriber, email or "", token or "") for pk, edition, subscriber, email, token in rows[:size]]
    if claims:
        held = Delivery.objects.filter(pk__in=[claim.delivery_id for claim in claims])
        held.update(status=DeliveryStatus.CLAIMED, claim=holder, claimed_at=now, attempts=F("attempts") + 1)
        with connection.cursor() as cursor:
            cursor.execute(NOTE_THE_BATCH, [issue.pk, holder])
    return claims


def mark_sending(*, claim: Claim, holder: str, previous: Result | None) -> SendDecision:
    """Stores the previous result and marks this mail as being sent. Must be committed before its first byte is sent."""
    answer = previous.answer if previous else Answer(Outcome.ACCEPTED)
    values: dict[str, Any] = {
        "holder": holder,
        "issue": claim.issue_id,
        "subscriber": claim.subscriber_id,
        "email": claim.email,
        "next": claim.delivery_id,
        "previous": previous.delivery_id if previous else 0,
        "outcome": answer.outcome.value,
        "code": answer.code or None,
        "answer": answer.text,
        "is_about_recipient": answer.is_about_recipient,
        "at": connection.ops.adapt_datetimefield_value(previous.at) if previous else None,
    }
    if (claim.delivery_id,) in _prepared(MARK_SENDING, values):
        return SendDecision.SEND
    is_ours = InFlightNote.objects.filter(pk=claim.delivery_id, holder=holder).exists()
    is_wanted = claim.subscriber_id is not None and Subscriber.objects.subscribed().not_suppressed().filter(pk=claim.subscriber_id).exists()
    is_sent = Issue.objects.being_sent().filter(pk=claim.issue_id).exists()
    return SendDecision.UNWANTED if is_ours and is_sent and not is_wanted else SendDecision.STOP


def _prepared(sql: LiteralString, values: dict[str, Any]) -> list[Any]:
    """Rows of a statement that PostgreSQL plans once; with Django's cursor or behind a pooler (config.pooling), for each mail."""
    if connection.vendor != "postgresql":
        with connection.cursor() as plain:
            plain.execute(sql, values)
            return plain.fetchall()
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        return cursor.execute(sql, values, prepare=True).fetchall()


def write_results(*, results: Iterable[Result], holder: str) -> None:
    """Stores the outcome of claims of this holder.

    A claim that was marked UNCERTAIN meanwhile is corrected: its holder is alive and knows better.
    """
    final = []
    for result in results:
        answer = result.answer
        if answer.outcome is Outcome.LATER and _is_retried(result, holder):
            continue
        status = FINAL_STATUS.get(answer.outcome, DeliveryStatus.REFUSED)
        at = connection.ops.adapt_datetimefield_value(result.at)
        final.append((result.delivery_id, status.value, at, answer.code or None, answer.text))
        if status == DeliveryStatus.REFUSED and answer.code and _held(result.delivery_id, holder).exists():
            record_refusal(delivery_id=result.delivery_id, words=f"{answer.code} {answer.text}", now=result.at)
    if final:
        with connection.cursor() as cursor:
            rows = ", ".join([RESULT] * len(final))
            cursor.execute(FINISH.format(results=rows), [*chain.from_iterable(final), holder])


def _held(delivery_id: int, holder: str) -> DeliveryQuerySet:
    open_claims = (DeliveryStatus.CLAIMED, DeliveryStatus.UNCERTAIN)
    return Delivery.objects.filter(pk=delivery_id, claim=holder, status__in=open_claims)


def _is_retried(result: Result, holder: str) -> bool:
    """Releases it for a later retry; False when that was the last try, and the refusal is final."""
    held = _held(result.delivery_id, holder)
    attempts = held.values_list("attempts", flat=True).first()
    if attempts is not None and attempts > len(BACKOFF):
        return False
    if attempts:
        held.update(
            status=DeliveryStatus.WAITING,
            claim="",
            claimed_at=None,
            next_try_at=result.at + BACKOFF[attempts - 1],
            code=result.answer.code or None,
            answer=result.answer.text,
        )
    return True


def release(deliveries: DeliveryQuerySet, issue: Issue) -> int:
    """Releases claims of which nothing was sent. In a cancelled issue they are cancelled like the others."""
    status = DeliveryStatus.CANCELLED if issue.status == IssueStatus.CANCELLED else DeliveryStatus.WAITING
    done_at = issue.finished_at if status == DeliveryStatus.CANCELLED else None
    return deliveries.claimed().update(status=status, done_at=done_at, claim="", claimed_at=None, attempts=F("attempts") - 1)


def _cancel_retries_of_a_cancelled_issue(issue: Issue) -> None:
    """In a cancelled issue nobody would retry a mail that was refused temporarily."""
    if issue.status == IssueStatus.CANCELLED:
        Delivery.objects.waiting().filter(issue=issue).update(status=DeliveryStatus.CANCELLED, done_at=issue.finished_at)


def reclaim_stale_claims(*, issue: Issue, before: datetime.datetime, now: datetime.datetime) -> None:
    """Settles the claims of dead senders from their notes. The issue must be locked.

    Without a note (the database crashed), or with one that says "sending", the outcome is UNCERTAIN. The notes are deleted, so a sender
    that was only slow finds its claim lost.
    """
    stale = dict(Delivery.objects.filter(issue=issue).stale(before).select_for_update().values_list("pk", "claim"))
    notes = {note.pk: note for note in InFlightNote.objects.select_for_update().filter(pk__in=stale)}
    untouched = [pk for pk, note in notes.items() if note.state == InFlightNote.CLAIMED and note.holder == stale[pk]]
    release(Delivery.objects.filter(pk__in=untouched), issue)
    for pk, holder in stale.items():
        if pk not in untouched:
            write_results(results=[_result_from_note(pk, notes.get(pk), now)], holder=holder)
    _cancel_retries_of_a_cancelled_issue(issue)
    InFlightNote.objects.filter(pk__in=stale).delete()


def _result_from_note(delivery_id: int, note: InFlightNote | None, now: datetime.datetime) -> Result:
    if note is None or note.state in (InFlightNote.CLAIMED, InFlightNote.SENDING):
        return Result(delivery_id, Answer(Outcome.UNCERTAIN, 0, SystemNote.SENDER_GONE.value), now)
    return Result(delivery_id, Answer(Outcome(note.state), note.code or 0, note.answer, note.is_about_recipient), note.at or now)
