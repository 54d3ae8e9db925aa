"""Senders that vanish, stall or lose the database: what the ledger says afterwards, and who gets the mail."""

import datetime
import re
import sqlite3
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from core.signals import heartbeat
from newsletter.enums.issues import DeliveryStatus, IssueStatus
from newsletter.enums.subscribers import SubscriberStatus
from newsletter.issues.progress import progress_of
from newsletter.models import Delivery, InFlightNote, Issue
from newsletter.sending import ledger, schedule
from newsletter.sending.ledger import Claim, Result, SendDecision
from newsletter.sending.sender import BATCH_SIZE, Sender, finish_or_reschedule
from newsletter.sending.transport import Answer, Outcome
from tests.core.factories import UserFactory
from tests.core.sink import Sink
from tests.newsletter.issues import issue_under_way

pytestmark = pytest.mark.django_db
ACCEPTED = Answer(Outcome.ACCEPTED, 250, "2.0.0 Ok")


def take(issue: Issue, size: int = 4, holder: str = "gone") -> list[Claim]:
    return ledger.claim_batch(issue_id=issue.pk, holder=holder, results=(), size=size, now=timezone.now())


def leave(claims: list[Claim], answers: list[Answer], holder: str = "gone") -> None:
    """So many mails leave with these answers, one more leaves, and no answer to that one is ever noted."""
    previous = None
    for claim, answer in zip(claims, answers, strict=False):
        assert ledger.mark_sending(claim=claim, holder=holder, previous=previous) is SendDecision.SEND
        previous = Result(claim.delivery_id, answer, timezone.now())
    assert ledger.mark_sending(claim=claims[len(answers)], holder=holder, previous=previous) is SendDecision.SEND


def time_goes_by(issue: Issue) -> None:
    """Long enough for a sender to be missed."""
    finish_or_reschedule(issue_id=issue.pk, now=timezone.now() + datetime.timedelta(hours=1))


def statuses(issue: Issue) -> list[str]:
    return list(issue.deliveries.order_by("pk").values_list("status", flat=True))


def counts(issue: Issue) -> dict[str, int]:
    return {status: count for status, count in issue.deliveries.counts().items() if count}


class TestASenderThatIsGone:
    def test_its_notes_say_what_left_what_perhaps_left_and_what_did_not(self) -> None:
        issue = issue_under_way(6)
        leave(take(issue, 4), [ACCEPTED, ACCEPTED])
        assert statuses(issue) == ["claimed"] * 4 + ["waiting"] * 2
        time_goes_by(issue)
        assert statuses(issue) == ["accepted", "accepted", "uncertain", "waiting", "waiting", "waiting"]
        assert not InFlightNote.objects.exists()

    def test_the_others_get_their_mail_from_the_next_one_and_the_uncertain_from_nobody(self, sink: Sink) -> None:
        issue = issue_under_way(6)
        claims = take(issue, 4)
        leave(claims, [ACCEPTED])
        time_goes_by(issue)
        Sender(issue.pk).run(seconds=30, rate=0)
        assert counts(issue) == {"accepted": 5, "uncertain": 1}
        arrived = {str(message["To"]) for message in sink.messages}
        assert len(arrived) == len(sink.received) == 4
        assert not arrived & {claims[0].email, claims[1].email}

    def test_an_address_refused_for_good_is_remembered_from_its_notes(self) -> None:
        issue = issue_under_way(3)
        leave(take(issue, 3), [Answer(Outcome.REFUSED, 550, "5.1.1 No such mailbox")])
        time_goes_by(issue)
        assert statuses(issue) == ["refused", "uncertain", "waiting"]
        refused = issue.deliveries.get(status=DeliveryStatus.REFUSED)
        assert (refused.code, refused.answer) == (550, "5.1.1 No such mailbox")
        assert refused.subscriber.status == SubscriberStatus.BOUNCED

    def test_a_full_mailbox_in_an_issue_that_was_stopped_is_left_out(self) -> None:
        issue = issue_under_way(2)
        leave(take(issue, 2), [Answer(Outcome.LATER, 452, "4.2.2 Mailbox full")])
        schedule.stop_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory(), reason="a wrong date")
        time_goes_by(issue)
        assert statuses(issue) == ["cancelled", "uncertain"]

    def test_a_full_mailbox_is_tried_again_from_its_notes(self) -> None:
        issue = issue_under_way(2)
        leave(take(issue, 2), [Answer(Outcome.LATER, 452, "4.2.2 Mailbox full")])
        time_goes_by(issue)
        later = issue.deliveries.get(status=DeliveryStatus.WAITING)
        assert later.code == 452
        assert later.next_try_at > timezone.now()

    def test_it_is_not_missed_too_early(self) -> None:
        issue = issue_under_way(2)
        leave(take(issue, 2), [ACCEPTED])
        again_at = finish_or_reschedule(issue_id=issue.pk, now=timezone.now())
        assert again_at
        assert statuses(issue) == ["claimed", "claimed"]

    def test_an_issue_stopped_meanwhile_still_adds_up(self) -> None:
        issue = issue_under_way(5)
        leave(take(issue, 3), [ACCEPTED])
        schedule.stop_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory(), reason="a wrong date")
        heartbeat.send(sender=None, now=timezone.now() + datetime.timedelta(hours=1))
        assert statuses(issue) == ["accepted", "uncertain", "cancelled", "cancelled", "cancelled"]
        issue.refresh_from_db()
        assert progress_of(issue, timezone.now()).adds_up


class TestTheDatabaseCrashed:
    """PostgreSQL empties a table without log after a crash (PostgreSQL 18, CREATE TABLE, UNLOGGED)."""

    @pytest.mark.skipif("connection.vendor != 'postgresql'")
    def test_notes_are_written_without_a_log(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT relpersistence FROM pg_class WHERE oid = 'newsletter_inflightnote'::regclass")
            assert cursor.fetchone() == ("u",)

    def test_without_notes_a_whole_batch_is_uncertain(self, sink: Sink) -> None:
        issue = issue_under_way(6)
        leave(take(issue, 4), [ACCEPTED, ACCEPTED])
        InFlightNote.objects.all().delete()
        time_goes_by(issue)
        Sender(issue.pk).run(seconds=30, rate=0)
        assert counts(issue) == {"uncertain": 4, "accepted": 2}
        assert len(sink.received) == 2

    @pytest.mark.control
    def test_notes_that_came_back_older_than_they_were_would_double(self, sink: Sink) -> None:
        """The control: a table with a log nobody waited for may come back as it was a moment before. Hence none."""
        issue = issue_under_way(6)
        claims = take(issue, 4)
        older = list(InFlightNote.objects.all())
        leave(claims, [ACCEPTED, ACCEPTED])
        InFlightNote.objects.all().delete()
        InFlightNote.objects.bulk_create(older)
        time_goes_by(issue)
        Sender(issue.pk).run(seconds=30, rate=0)
        arrived = Counter(str(message["To"]) for message in sink.messages)
        left = {claim.email for claim in claims[:3]}
        assert left <= set(arrived), "what had left left again"

    def test_a_sender_that_lives_knows_and_nobody_is_uncertain(self, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
        """Its memory is better than its notes: it writes down what it knows and takes what is left anew."""
        issue = issue_under_way(10)
        mark_sending, seen = ledger.mark_sending, []

        def crash_at_the_fourth(**values: Any) -> SendDecision:
            seen.append(values["claim"])
            if len(seen) == 4:
                InFlightNote.objects.all().delete()
            return mark_sending(**values)

        monkeypatch.setattr(ledger, "mark_sending", crash_at_the_fourth)
        Sender(issue.pk).run(seconds=30, rate=0)
        assert counts(issue) == {"accepted": 10}
        assert len({str(message["To"]) for message in sink.messages}) == len(sink.received) == 10


class TestASenderThatWasOnlySlow:
    def test_sends_nothing_once_its_batch_was_reclaimed(self) -> None:
        issue = issue_under_way(3)
        claims = take(issue, 3, holder="slow")
        leave(claims, [], holder="slow")
        time_goes_by(issue)
        result = Result(claims[0].delivery_id, ACCEPTED, timezone.now())
        assert ledger.mark_sending(claim=claims[1], holder="slow", previous=result) is SendDecision.STOP

    def test_sets_right_what_counted_as_uncertain(self) -> None:
        issue = issue_under_way(2)
        claims = take(issue, 2, holder="slow")
        leave(claims, [], holder="slow")
        time_goes_by(issue)
        assert statuses(issue) == ["uncertain", "waiting"]
        result = Result(claims[0].delivery_id, ACCEPTED, timezone.now())
        ledger.claim_batch(issue_id=issue.pk, holder="slow", results=[result], size=0, now=timezone.now())
        assert statuses(issue) == ["accepted", "waiting"]

    def test_says_nothing_about_what_others_hold(self) -> None:
        issue = issue_under_way(2)
        first, _second = take(issue, 2, holder="other")
        result = Result(first.delivery_id, ACCEPTED, timezone.now())
        ledger.claim_batch(issue_id=issue.pk, holder="stranger", results=[result], size=5, now=timezone.now())
        assert statuses(issue) == ["claimed", "claimed"]


class TestAHand:
    def test_two_senders_never_hold_the_same(self) -> None:
        issue = issue_under_way(BATCH_SIZE + 5)
        first, second = take(issue, BATCH_SIZE, holder="one"), take(issue, BATCH_SIZE, holder="two")
        assert (len(first), len(second)) == (BATCH_SIZE, 5)
        assert not {claim.delivery_id for claim in first} & {claim.delivery_id for claim in second}

    def test_a_turn_that_is_repeated_changes_nothing(self) -> None:
        """The database was lost before its answer came: the sender asks again and knows nothing of the batch it got."""
        issue = issue_under_way(5)
        claims = take(issue, 2, holder="x")
        leave(claims, [ACCEPTED], holder="x")
        results = [Result(claim.delivery_id, ACCEPTED, timezone.now()) for claim in claims]
        for _time in range(2):
            again = ledger.claim_batch(issue_id=issue.pk, holder="x", results=results, size=2, now=timezone.now())
        assert statuses(issue) == ["accepted", "accepted", "claimed", "claimed", "waiting"]
        assert [claim.delivery_id for claim in again] == list(Delivery.objects.claimed().order_by("pk").values_list("pk", flat=True))
        assert set(issue.deliveries.claimed().values_list("attempts", flat=True)) == {1}

    def test_a_departure_that_is_repeated_is_the_same_departure(self) -> None:
        issue = issue_under_way(1)
        [claim] = take(issue, 1, holder="x")
        for _time in range(2):
            assert ledger.mark_sending(claim=claim, holder="x", previous=None) is SendDecision.SEND

    def test_a_pause_reaches_the_middle_of_a_hand(self) -> None:
        issue = issue_under_way(3)
        claims = take(issue, 3, holder="x")
        leave(claims, [], holder="x")
        schedule.pause_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
        result = Result(claims[0].delivery_id, ACCEPTED, timezone.now())
        assert ledger.mark_sending(claim=claims[1], holder="x", previous=result) is SendDecision.STOP
        assert ledger.claim_batch(issue_id=issue.pk, holder="x", results=[result], size=3, now=timezone.now()) == []
        assert statuses(issue) == ["accepted", "waiting", "waiting"]

    def test_stopping_in_the_middle_of_a_batch_leaves_the_rest_out(self) -> None:
        issue = issue_under_way(4)
        claims = take(issue, 3, holder="x")
        leave(claims, [], holder="x")
        schedule.stop_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory(), reason="a wrong date")
        result = Result(claims[0].delivery_id, ACCEPTED, timezone.now())
        ledger.claim_batch(issue_id=issue.pk, holder="x", results=[result], size=3, now=timezone.now())
        assert statuses(issue) == ["accepted", "cancelled", "cancelled", "cancelled"]
        assert Issue.objects.get().status == IssueStatus.CANCELLED

    def test_a_reader_who_changes_her_address_meanwhile_gets_it_at_the_new_one(self, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
        issue = issue_under_way(1)
        taken = ledger.claim_batch

        def then_she_moves(**values: Any) -> list[Claim]:
            claims = taken(**values)
            issue.deliveries.get().subscriber.__class__.objects.update(email="nouvelle@example.org")
            return claims

        monkeypatch.setattr(ledger, "claim_batch", then_she_moves)
        Sender(issue.pk).run(seconds=30, rate=0)
        assert [str(message["To"]) for message in sink.messages] == ["nouvelle@example.org"]

    def test_a_throttled_batch_holds_what_leaves_in_two_seconds(self, sink: Sink) -> None:
        issue = issue_under_way(8)
        sent = sink.received
        held: list[int] = []

        class Watched(Sender):
            def _claim_batch(self, size: int) -> list[Claim]:
                claims = super()._claim_batch(size)
                held.append(issue.deliveries.claimed().count())
                return claims

        Watched(issue.pk).run(seconds=0.6, rate=2)
        assert max(held) == 4
        assert held[-1] == 0
        assert len(sent) == counts(issue)["accepted"] < 8


@pytest.mark.parametrize(("is_gone", "marked"), [(False, [(1,), (2,)]), (True, [(1,)])])
def test_sqlite_understands_the_statement_too(is_gone: bool, marked: list[tuple[int]]) -> None:
    """The demo's database: the note of the mail before, and the mark of the next if its subscriber still wants it."""
    with sqlite3.connect(":memory:") as database:
        database.executescript(
            "CREATE TABLE newsletter_inflightnote (delivery_id, holder, state, code, answer, is_about_recipient, at);"
            "CREATE TABLE newsletter_issue (id, status); CREATE TABLE newsletter_suppression (address_key);"
            "CREATE TABLE newsletter_subscriber (id, email, status, address_key);"
            "INSERT INTO newsletter_issue VALUES (9, 'sending'); INSERT INTO newsletter_subscriber VALUES (7, 'a@b.c', 'subscribed', 'k');"
            "INSERT INTO newsletter_inflightnote VALUES (1, 'x', 'sending', NULL, '', 1, NULL), (2, 'x', 'claimed', NULL, '', 1, NULL);"
        )
        if is_gone:
            database.execute("INSERT INTO newsletter_suppression VALUES ('k')")
        values = {"holder": "x", "issue": 9, "subscriber": 7, "email": "a@b.c", "next": 2, "previous": 1, "outcome": "accepted"}
        values |= {"code": 250, "answer": "Ok", "is_about_recipient": True, "at": None}
        statement = re.sub(r"%\((\w+)\)s", r":\1", ledger.MARK_SENDING)
        assert sorted(database.execute(statement, values).fetchall()) == marked
        states = dict(database.execute("SELECT delivery_id, state FROM newsletter_inflightnote").fetchall())
        assert states == {1: "accepted", 2: "claimed" if is_gone else "sending"}
