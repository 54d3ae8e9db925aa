"""Pressing Send, now or for later: what is decided there and then, what the worker does, and who must agree."""

import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.signals import heartbeat
from core.transitions import TransitionNotAllowed
from newsletter.enums.issues import IssueStatus
from newsletter.sending import schedule
from newsletter.sending.schedule import CannotSend, Refusal
from newsletter.sending.tasks import start_due_issues
from tests.core.sink import Sink
from tests.newsletter.factories import IssueFactory, SubscriberFactory
from tests.newsletter.issues import audience, edition, green
from tests.newsletter.worker import run, to
from tests.trainings.factories import UserFactory

pytestmark = pytest.mark.django_db


class TestPressingSend:
    """The words are frozen at once; what takes longer the more readers there are is the worker's."""

    def test_the_worker_writes_down_the_readers_and_publishes(self) -> None:
        issue = IssueFactory()
        page = edition(issue)
        audience(3)
        schedule.send_issue(issue_id=green(issue).pk, now=timezone.now(), by=UserFactory())
        issue.refresh_from_db()
        page.refresh_from_db()
        assert (issue.status, issue.deliveries.count(), page.live) == (IssueStatus.SCHEDULED, 0, False)
        assert DBTaskResult.objects.filter(task_path=start_due_issues.module_path).count() == 1
        assert start_due_issues.call() == [issue.pk]
        issue.refresh_from_db()
        page.refresh_from_db()
        assert (issue.status, issue.deliveries.count(), page.live) == (IssueStatus.SENDING, 3, True)

    def test_a_beat_begins_what_a_lost_task_did_not(self) -> None:
        issue = IssueFactory()
        edition(issue)
        audience(1)
        schedule.send_issue(issue_id=green(issue).pk, now=timezone.now(), by=UserFactory())
        DBTaskResult.objects.all().delete()
        heartbeat.send(sender=None, now=timezone.now())
        issue.refresh_from_db()
        assert issue.status == IssueStatus.SENDING

    def test_until_then_it_can_be_taken_back(self, sink: Sink) -> None:
        issue = IssueFactory()
        edition(issue)
        audience(1)
        schedule.send_issue(issue_id=green(issue).pk, now=timezone.now(), by=UserFactory())
        schedule.call_off(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
        assert run(issue) == {}
        assert (issue.status, sink.messages) == (IssueStatus.DRAFT, [])

    def test_it_costs_no_more_for_many_readers(self) -> None:
        """Nothing is asked or written a reader: the same queries, and no row of the ledger."""
        audience(2)
        first, second = IssueFactory(), IssueFactory()
        for issue in (first, second):
            edition(issue)
            green(issue)
        with CaptureQueriesContext(connection) as few:
            schedule.send_issue(issue_id=first.pk, now=timezone.now(), by=UserFactory())
        audience(200)
        with CaptureQueriesContext(connection) as many:
            schedule.send_issue(issue_id=second.pk, now=timezone.now(), by=UserFactory())
        assert len(few) == len(many)
        assert not any("count(" in query["sql"].lower() and "subscriber" in query["sql"] for query in many.captured_queries)

    def test_a_double_click_is_harmless(self, sink: Sink) -> None:
        issue = IssueFactory()
        edition(issue)
        audience(3)
        schedule.send_issue(issue_id=green(issue).pk, now=timezone.now(), by=UserFactory())
        with pytest.raises(TransitionNotAllowed):
            schedule.send_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
        assert run(issue) == {"accepted": 3}

    def test_without_green_checks_nothing_leaves(self) -> None:
        issue = IssueFactory()
        page = edition(issue)
        SubscriberFactory()
        with pytest.raises(CannotSend) as refusal:
            schedule.send_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
        assert refusal.value.reason is Refusal.FINDINGS
        green(issue)
        page.intro = "Un autre mot."
        page.save_revision()
        with pytest.raises(CannotSend):
            schedule.send_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
        assert not issue.editions.exists(), "what was frozen for nothing is forgotten"

    def test_without_readers_nothing_leaves(self) -> None:
        issue = IssueFactory()
        edition(issue)
        reader = SubscriberFactory()
        green(issue)
        reader.delete()
        with pytest.raises(CannotSend) as refusal:
            schedule.send_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
        assert refusal.value.reason is Refusal.NOBODY


class TestSchedule:
    def test_it_leaves_at_its_moment_to_those_who_read_then(self, sink: Sink) -> None:
        issue, now = IssueFactory(), timezone.now()
        edition(issue)
        SubscriberFactory()
        moment = now + datetime.timedelta(days=2)
        schedule.send_issue(issue_id=green(issue).pk, now=now, by=UserFactory(), send_at=moment)
        newcomer = SubscriberFactory(confirmed_at=now + datetime.timedelta(days=1))
        assert schedule.start_due_issues(now=now + datetime.timedelta(days=1)) == []
        with time_machine.travel(moment, tick=True):
            assert schedule.start_due_issues(now=timezone.now()) == [issue.pk]
            assert run(issue) == {"accepted": 2}
        assert newcomer.email in to(sink)

    def test_it_can_be_called_off(self) -> None:
        issue, now = IssueFactory(), timezone.now()
        edition(issue)
        SubscriberFactory()
        schedule.send_issue(issue_id=green(issue).pk, now=now, by=UserFactory(), send_at=now + datetime.timedelta(days=2))
        schedule.call_off(issue_id=issue.pk, now=now, by=UserFactory())
        assert schedule.start_due_issues(now=now + datetime.timedelta(days=3)) == []
        assert not issue.editions.exists()

    def test_with_four_eyes_the_second_pair_belongs_to_somebody_else(self, settings: Any, sink: Sink) -> None:
        settings.NEWSLETTER_FOUR_EYES = True
        issue, first, second = IssueFactory(), UserFactory(), UserFactory()
        edition(issue)
        SubscriberFactory()
        schedule.send_issue(issue_id=green(issue).pk, now=timezone.now(), by=first)
        assert run(issue) == {}
        with pytest.raises(CannotSend) as refusal:
            schedule.approve_issue(issue_id=issue.pk, now=timezone.now(), by=first)
        assert refusal.value.reason is Refusal.SAME_PERSON
        schedule.approve_issue(issue_id=issue.pk, now=timezone.now(), by=second)
        assert run(issue) == {"accepted": 1}
        assert [step.by for step in issue.transitions.all()][:2] == [first, second]
