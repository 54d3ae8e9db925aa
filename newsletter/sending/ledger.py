"""The ledger while an issue is sent: take a hand of deliveries, commit, and only then let their mails leave, one by one.

Everything that must never happen twice hangs on two steps (decision 13):

- `turn` writes down what became of the last hand and takes the next one, in one durable transaction;
- `depart` notes of one mail that it leaves now, just before it does. A note waits for no disk: its table is one the database empties
  itself after a crash (`SenderNote`), and a delivery in hand without a note counts as "perhaps".

So a killed sender leaves one mail nobody can tell of: it becomes UNCERTAIN, is shown, and is never sent again by itself. Those before
it are written down from the notes, those after it go back to the others.
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
from newsletter.models import Delivery, Issue, SenderNote, Subscriber
from newsletter.querysets.deliveries import DeliveryQuerySet
from newsletter.sending.transport import Answer, Outcome

# After each temporary refusal, how long until the next try; after the last one it is final.
BACKOFF = tuple(datetime.timedelta(minutes=minutes) for minutes in (2, 10, 45, 180))

FINAL_STATUS = {
    Outcome.ACCEPTED: DeliveryStatus.ACCEPTED,
    Outcome.REFUSED: DeliveryStatus.REFUSED,
    Outcome.UNCERTAIN: DeliveryStatus.UNCERTAIN,
    Outcome.UNWANTED: DeliveryStatus.SUPPRESSED,
}

# One statement a mail: what became of the one before, and that the next one leaves, if its issue is still being sent and its reader,
# looked at once more, still wants it at the same address. (The columns of an answer say nothing while a mail is leaving.)
DEPART: LiteralString = """
UPDATE newsletter_sendernote SET
    state = CASE WHEN delivery_id = %(next)s THEN 'leaving' ELSE %(outcome)s END,
    code = %(code)s, answer = %(answer)s, is_about_reader = %(is_about_reader)s, at = %(at)s
WHERE holder = %(holder)s AND (
    delivery_id = %(previous)s
    OR delivery_id = %(next)s AND state IN ('in_hand', 'leaving')
    AND EXISTS (SELECT 1 FROM newsletter_issue WHERE id = %(issue)s AND status = 'sending')
    AND EXISTS (
        SELECT 1 FROM newsletter_subscriber AS reader
        WHERE reader.id = %(reader)s AND reader.email = %(email)s AND reader.status = 'subscribed'
        AND NOT EXISTS (SELECT 1 FROM newsletter_suppression WHERE address_key = reader.address_key)
    )
) RETURNING delivery_id
"""
# One statement a hand; whoever lost a row meanwhile changes nothing. (A code that is missing has no type of its own.)
FINISH = """
UPDATE newsletter_delivery SET status = final.column2, done_at = final.column3, code = final.column4, answer = final.column5
FROM (VALUES {results}) AS final
WHERE id = final.column1 AND claim = %s AND status IN ('claimed', 'uncertain')
"""
RESULT = "(%s, %s, %s, CAST(%s AS smallint), %s)"
# One statement a hand again: what this sender has just claimed.
NOTE_THE_HAND = """
INSERT INTO newsletter_sendernote (delivery_id, holder, state, answer, is_about_reader, at)
SELECT id, claim, 'in_hand', '', TRUE, claimed_at FROM newsletter_delivery
WHERE issue_id = %s AND status = 'claimed' AND claim = %s
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One delivery in hand, and what its mail needs."""

    delivery_id: int
    issue_id: int
    edition_id: int
    reader_id: int | None
    email: str
    key: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a claim, and when."""

    delivery_id: int
    answer: Answer
    at: datetime.datetime


class Departure(Enum):
    """What a sender does with the next mail of its hand."""

    LEAVES = auto()
    UNWANTED = auto()
    # The issue is not being sent any more, or the hand is no longer ours: time to take another look at the ledger.
    STAYS = auto()


@transaction.atomic
def turn(*, issue_id: int, holder: str, results: Iterable[Result], size: int, now: datetime.datetime) -> list[Claim]:
    """Writes down `results`, puts back whatever else this sender had in hand, and takes up to `size` others that are due.

    Must be committed before the first of their mails leaves. Doing it twice changes nothing, so a sender that lost the database repeats
    it; whatever it had in hand without a result never left. Empty when nothing is due or the issue is not being sent (any more).
    """
    issue = lock_issue(issue_id)
    write_results(results=results, holder=holder)
    put_back(Delivery.objects.filter(issue=issue, claim=holder), issue)
    _leave_out_what_was_put_off(issue)
    SenderNote.objects.filter(holder=holder).delete()
    return _take(issue, holder, size, now) if size and issue.status == IssueStatus.SENDING else []


def _take(issue: Issue, holder: str, size: int, now: datetime.datetime) -> list[Claim]:
    """SKIP LOCKED lets senders walk the same ledger without waiting. SQLite has no row locks and needs none: one transaction at a time."""
    due = Delivery.objects.waiting().filter(issue=issue, next_try_at__lte=now).select_for_update(skip_locked=True, of=("self",))
    rows = due.order_by("next_try_at", "pk").values_list("pk", "edition_id", "subscriber_id", "subscriber__email", "subscriber__token")
    claims = [Claim(pk, issue.pk, edition, reader, email or "", key or "") for pk, edition, reader, email, key in rows[:size]]
    if claims:
        held = Delivery.objects.filter(pk__in=[claim.delivery_id for claim in claims])
        held.update(status=DeliveryStatus.CLAIMED, claim=holder, claimed_at=now, attempts=F("attempts") + 1)
        with connection.cursor() as cursor:
            cursor.execute(NOTE_THE_HAND, [issue.pk, holder])
    return claims


def depart(*, claim: Claim, holder: str, previous: Result | None) -> Departure:
    """Notes what became of the mail before, and that this one leaves now. Must be committed before the first byte does."""
    answer = previous.answer if previous else Answer(Outcome.ACCEPTED)
    values: dict[str, Any] = {
        "holder": holder,
        "issue": claim.issue_id,
        "reader": claim.reader_id,
        "email": claim.email,
        "next": claim.delivery_id,
        "previous": previous.delivery_id if previous else 0,
        "outcome": answer.outcome.value,
        "code": answer.code or None,
        "answer": answer.words,
        "is_about_reader": answer.is_about_reader,
        "at": connection.ops.adapt_datetimefield_value(previous.at) if previous else None,
    }
    if (claim.delivery_id,) in _prepared(DEPART, values):
        return Departure.LEAVES
    is_ours = SenderNote.objects.filter(pk=claim.delivery_id, holder=holder).exists()
    is_wanted = Subscriber.objects.subscribed().not_suppressed().filter(pk=claim.reader_id).exists()
    is_sent = Issue.objects.being_sent().filter(pk=claim.issue_id).exists()
    return Departure.UNWANTED if is_ours and is_sent and not is_wanted else Departure.STAYS


def _prepared(sql: LiteralString, values: dict[str, Any]) -> list[Any]:
    """Rows of a statement that PostgreSQL plans once: Django's own cursor would have it planned again for each mail."""
    if connection.vendor != "postgresql":
        with connection.cursor() as plain:
            plain.execute(sql, values)
            return plain.fetchall()
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        return cursor.execute(sql, values, prepare=True).fetchall()


def write_results(*, results: Iterable[Result], holder: str) -> None:
    """What became of claims, those of other senders left alone.

    A claim that counted as UNCERTAIN meanwhile is set right: its holder lives and knows better.
    """
    final = []
    for result in results:
        answer = result.answer
        if answer.outcome is Outcome.LATER and _is_tried_again(result, holder):
            continue
        status = FINAL_STATUS.get(answer.outcome, DeliveryStatus.REFUSED)
        at = connection.ops.adapt_datetimefield_value(result.at)
        final.append((result.delivery_id, status.value, at, answer.code or None, answer.words))
        if status == DeliveryStatus.REFUSED and answer.code and _held(result.delivery_id, holder).exists():
            record_refusal(delivery_id=result.delivery_id, words=f"{answer.code} {answer.words}", now=result.at)
    if final:
        with connection.cursor() as cursor:
            rows = ", ".join([RESULT] * len(final))
            cursor.execute(FINISH.format(results=rows), [*chain.from_iterable(final), holder])


def _held(delivery_id: int, holder: str) -> DeliveryQuerySet:
    in_hand = (DeliveryStatus.CLAIMED, DeliveryStatus.UNCERTAIN)
    return Delivery.objects.filter(pk=delivery_id, claim=holder, status__in=in_hand)


def _is_tried_again(result: Result, holder: str) -> bool:
    """Puts it back for later; False when it was the last try, and the refusal is final."""
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
            answer=result.answer.words,
        )
    return True


def put_back(deliveries: DeliveryQuerySet, issue: Issue) -> int:
    """Claims of which nothing left. In an issue that was stopped meanwhile they are left out like the others."""
    status = DeliveryStatus.CANCELLED if issue.status == IssueStatus.CANCELLED else DeliveryStatus.WAITING
    done_at = issue.finished_at if status == DeliveryStatus.CANCELLED else None
    return deliveries.claimed().update(status=status, done_at=done_at, claim="", claimed_at=None, attempts=F("attempts") - 1)


def _leave_out_what_was_put_off(issue: Issue) -> None:
    """In an issue that was stopped while a mail was refused for now, nobody would try it again."""
    if issue.status == IssueStatus.CANCELLED:
        Delivery.objects.waiting().filter(issue=issue).update(status=DeliveryStatus.CANCELLED, done_at=issue.finished_at)


def take_over_orphans(*, issue: Issue, before: datetime.datetime, now: datetime.datetime) -> None:
    """Claims of senders that are gone, as their notes have it; the issue is locked.

    No note (the database crashed), or one that says the mail was leaving: UNCERTAIN. The notes go, so a sender that was only slow
    finds its hand empty.
    """
    orphans = dict(Delivery.objects.filter(issue=issue).orphaned(before).select_for_update().values_list("pk", "claim"))
    notes = {note.pk: note for note in SenderNote.objects.select_for_update().filter(pk__in=orphans)}
    untouched = [pk for pk, note in notes.items() if note.state == SenderNote.IN_HAND and note.holder == orphans[pk]]
    put_back(Delivery.objects.filter(pk__in=untouched), issue)
    for pk, holder in orphans.items():
        if pk not in untouched:
            write_results(results=[_as_noted(pk, notes.get(pk), now)], holder=holder)
    _leave_out_what_was_put_off(issue)
    SenderNote.objects.filter(pk__in=orphans).delete()


def _as_noted(delivery_id: int, note: SenderNote | None, now: datetime.datetime) -> Result:
    if note is None or note.state in (SenderNote.IN_HAND, SenderNote.LEAVING):
        return Result(delivery_id, Answer(Outcome.UNCERTAIN, 0, SystemNote.SENDER_GONE.value), now)
    return Result(delivery_id, Answer(Outcome(note.state), note.code or 0, note.answer, note.is_about_reader), note.at or now)
