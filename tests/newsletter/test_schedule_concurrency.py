"""The moment an issue begins, with real commits: two workers, an officer who takes it back, readers who are erased, a killed worker."""

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from core.lifecycle.transitions import TransitionNotAllowed
from newsletter.enums.issues import IssueStatus
from newsletter.enums.subscribers import Channel
from newsletter.issues.assemble import AlreadyPlanned, plan_issue
from newsletter.issues.status import lock_issue
from newsletter.models import Issue, IssuePage, Subscriber
from newsletter.sending import schedule
from newsletter.subscribers.preferences import erase_subscriber
from tests.concurrency import run_concurrently, run_in_background
from tests.core.factories import UserFactory
from tests.core.sink import Sink, listening
from tests.newsletter.factories import IssueFactory
from tests.newsletter.issues import audience, edition, green
from tests.newsletter.worker_processes import crew, is_finished, own_database, start_worker, wait_until

SUBSCRIBERS = 20


@pytest.fixture
def issue(committed_issues: None) -> Issue:
    """Send was pressed; no worker has come yet."""
    issue = IssueFactory()
    edition(issue)
    audience(SUBSCRIBERS)
    return schedule.send_issue(issue_id=green(issue).pk, now=timezone.now(), by=UserFactory())


def start() -> list[int]:
    return schedule.start_due_issues(now=timezone.now())


def test_two_workers_begin_it_once(issue: Issue) -> None:
    begun = run_concurrently(*[start] * 6)
    assert sorted(begun) == [[]] * 5 + [[issue.pk]]
    assert issue.deliveries.count() == SUBSCRIBERS
    assert issue.transitions.filter(to_status=IssueStatus.SENDING).count() == 1


def test_it_is_taken_back_or_it_begins_never_both(issue: Issue) -> None:
    def take_back() -> bool:
        try:
            schedule.unschedule(issue_id=issue.pk, now=timezone.now(), by=officer)
        except TransitionNotAllowed:
            return False
        return True

    officer = UserFactory()
    *begun, is_draft = run_concurrently(start, start, take_back)
    issue.refresh_from_db()
    assert is_draft is not ([issue.pk] in begun)
    assert (issue.status, issue.deliveries.count()) == ((IssueStatus.DRAFT, 0) if is_draft else (IssueStatus.SENDING, SUBSCRIBERS))
    assert IssuePage.objects.get().live is not is_draft


def test_who_takes_it_back_first_keeps_the_worker_out(issue: Issue) -> None:
    """The worker does not wait for the officer's transaction: it goes on to what else is due."""
    with transaction.atomic():
        lock_issue(issue.pk)
        assert run_in_background(start).result(timeout=20) == []
        schedule.unschedule(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
    assert start() == []


def test_two_presses_plan_one_issue(committed_issues: None) -> None:
    """They see the same latest issue; one is told that somebody was quicker."""

    def press() -> bool:
        try:
            plan_issue(now=timezone.now())
        except AlreadyPlanned:
            return False
        return True

    IssueFactory()
    with transaction.atomic():
        lock_issue(Issue.objects.get().pk)
        presses = [run_in_background(press), run_in_background(press)]
        wait_until(lambda: somebody_waits(2), "both wait for the latest issue")
    assert sorted(each.result(timeout=20) for each in presses) == [False, True]
    assert Issue.objects.count() == 2


class TestAReaderWhoIsErased:
    """At that very moment: the issue begins all the same, and she is erased all the same."""

    def test_a_little_before(self, issue: Issue) -> None:
        subscriber = Subscriber.objects.first()
        assert subscriber is not None
        with transaction.atomic():
            erase_subscriber(subscriber=subscriber, channel=Channel.LINK, now=timezone.now())
            worker = run_in_background(start)
            wait_until(somebody_waits, "the worker looks at her row")
        assert worker.result(timeout=20) == [issue.pk]
        assert issue.deliveries.count() == SUBSCRIBERS - 1

    def test_a_little_after(self, issue: Issue) -> None:
        subscriber = Subscriber.objects.first()
        assert subscriber is not None
        with transaction.atomic():
            schedule.start_sending(issue=lock_issue(issue.pk), now=timezone.now())
            erasure = run_in_background(lambda: erase_subscriber(subscriber=subscriber, channel=Channel.LINK, now=timezone.now()))
            wait_until(lambda: somebody_waits() or erasure.done(), "she is erased")
        erasure.result(timeout=20)
        assert issue.deliveries.count() == SUBSCRIBERS
        assert issue.deliveries.filter(subscriber=None).count() == 1


def somebody_waits(count: int = 1) -> bool:
    """Whether so many statements of this database wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # kept to the end of a transaction
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
        return bool(cursor.fetchone()[0] >= count)


@pytest.mark.slow
def test_a_worker_killed_between_the_button_and_the_ledger_costs_nothing(issue: Issue) -> None:
    """It is killed while it writes the ledger; another one begins anew, and everybody gets one mail."""
    with listening() as sink:
        with psycopg.connect(own_database()) as other:
            other.execute("LOCK TABLE newsletter_delivery IN SHARE ROW EXCLUSIVE MODE")
            worker = start_worker(sink)
            wait_until(somebody_waits, "the worker writes the ledger")
            worker.kill()
            worker.wait(10)
        with crew(sink) as workers:
            wait_until(lambda: is_finished(issue), "it never ended", workers)
    assert everybody_got_one(issue, sink)


def everybody_got_one(issue: Issue, sink: Sink) -> bool:
    addresses = sorted(Subscriber.objects.values_list("email", flat=True))
    return sorted(str(message["To"]) for message in sink.messages) == addresses and issue.deliveries.counts()["accepted"] == SUBSCRIBERS
