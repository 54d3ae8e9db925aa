"""From pressing Send, now or for later, to the moment an issue begins: what is decided when and by whom, and what if it cannot."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Revision

from core.lifecycle.transitions import TransitionNotAllowed
from core.signals import heartbeat
from newsletter.enums.issues import DeliveryStatus, IssueStatus, Refusal
from newsletter.models import Issue, IssuePage, Subscriber
from newsletter.sending import ledger, schedule
from newsletter.sending.schedule import CannotSend
from newsletter.sending.tasks import send_slice, start_due_issues
from tests.core.factories import UserFactory
from tests.core.sink import Sink
from tests.newsletter.factories import IssueFactory, SubscriberFactory
from tests.newsletter.issues import audience, edition, green, issue_under_way
from tests.newsletter.worker import run, to

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def scheduled(**fields: Any) -> Issue:
    """An issue with a French edition that leaves tomorrow, to somebody."""
    issue, now = IssueFactory(), timezone.now()
    SubscriberFactory()
    page = edition(issue)
    for name, value in fields.items():
        setattr(page, name, value)
    if fields:
        page.save_revision(clean=False)
    schedule.send_issue(issue_id=green(issue).pk, now=now, by=UserFactory(), send_at=now + DAY)
    return issue


def everybody_left(issue: Issue) -> None:
    Subscriber.objects.all().delete()


def words_are_damaged(issue: Issue) -> None:
    Revision.objects.filter(pk=issue.editions.get().revision_id).update(content={})


def page_was_deleted(issue: Issue) -> None:
    issue.pages.get().delete()


class TestPressingSend:
    """The words are frozen at once; what takes longer the more readers there are is the worker's."""

    def test_the_worker_writes_down_the_readers_and_publishes(self, ready_issue: Issue) -> None:
        issue, page = ready_issue, ready_issue.pages.get()
        schedule.send_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
        issue.refresh_from_db()
        page.refresh_from_db()
        assert (issue.status, issue.deliveries.count(), page.live) == (IssueStatus.SCHEDULED, 0, False)
        assert DBTaskResult.objects.filter(task_path=start_due_issues.module_path).count() == 1
        assert start_due_issues.call() == [issue.pk]
        issue.refresh_from_db()
        page.refresh_from_db()
        assert (issue.status, issue.deliveries.count(), page.live) == (IssueStatus.SENDING, 3, True)

    def test_a_beat_begins_what_a_lost_task_did_not(self, ready_issue: Issue) -> None:
        issue = ready_issue
        schedule.send_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
        DBTaskResult.objects.all().delete()
        heartbeat.send(sender=None, now=timezone.now())
        issue.refresh_from_db()
        assert issue.status == IssueStatus.SENDING

    def test_until_then_it_can_be_taken_back(self, sink: Sink, ready_issue: Issue) -> None:
        issue = ready_issue
        schedule.send_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
        schedule.unschedule(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
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

    def test_a_double_click_is_harmless(self, sink: Sink, ready_issue: Issue) -> None:
        issue = ready_issue
        schedule.send_issue(issue_id=issue.pk, now=timezone.now(), by=UserFactory())
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

    def test_without_readers_nothing_leaves(self, ready_issue: Issue) -> None:
        Subscriber.objects.all().delete()
        with pytest.raises(CannotSend) as refusal:
            schedule.send_issue(issue_id=ready_issue.pk, now=timezone.now(), by=UserFactory())
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

    def test_it_can_be_called_off(self, ready_issue: Issue) -> None:
        issue, now = ready_issue, timezone.now()
        schedule.send_issue(issue_id=issue.pk, now=now, by=UserFactory(), send_at=now + datetime.timedelta(days=2))
        schedule.unschedule(issue_id=issue.pk, now=now, by=UserFactory())
        assert schedule.start_due_issues(now=now + datetime.timedelta(days=3)) == []
        assert not issue.editions.exists()

    def test_with_four_eyes_somebody_else_must_approve(self, settings: Any, sink: Sink, ready_issue: Issue) -> None:
        settings.NEWSLETTER_FOUR_EYES = True
        issue, first, second = ready_issue, UserFactory(), UserFactory()
        schedule.send_issue(issue_id=issue.pk, now=timezone.now(), by=first)
        assert run(issue) == {}
        with pytest.raises(CannotSend) as refusal:
            schedule.approve_issue(issue_id=issue.pk, now=timezone.now(), by=first)
        assert refusal.value.reason is Refusal.SAME_PERSON
        schedule.approve_issue(issue_id=issue.pk, now=timezone.now(), by=second)
        assert run(issue) == {"accepted": 3}
        assert [step.by for step in issue.transitions.all()][:2] == [first, second]


class TestItsMoment:
    """It leaves as it was frozen, or says why not; no other issue waits for it."""

    @pytest.mark.parametrize(
        ("happens", "reason"),
        [(everybody_left, Refusal.NOBODY), (words_are_damaged, Refusal.ACCIDENT), (page_was_deleted, Refusal.UNPUBLISHABLE)],
    )
    def test_one_that_cannot_leave_is_a_draft_again_and_says_why(
        self, happens: Callable[[Issue], None], reason: Refusal, caplog: pytest.LogCaptureFixture
    ) -> None:
        issue = scheduled()
        happens(issue)
        for _beat in range(2):
            assert schedule.start_due_issues(now=timezone.now() + DAY) == []
        issue.refresh_from_db()
        assert (issue.status, issue.pause_reason, issue.send_at) == (IssueStatus.DRAFT, reason, None)
        assert [(step.to_status, step.reason) for step in issue.transitions.all()][1:] == [(IssueStatus.DRAFT, reason)]
        assert not issue.editions.exists()
        assert not issue.deliveries.exists(), "an audience nobody writes to is forgotten too"
        assert [bool(record.exc_info) for record in caplog.records if record.levelname == "ERROR"] == [True] * (reason == Refusal.ACCIDENT)

    def test_an_edition_that_cannot_be_published_any_more_is_named(self) -> None:
        issue = scheduled()
        revision = issue.editions.get().revision
        Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"title": ""})
        schedule.start_due_issues(now=timezone.now() + DAY)
        issue.refresh_from_db()
        assert (issue.status, issue.pause_reason) == (IssueStatus.DRAFT, Refusal.UNPUBLISHABLE)

    def test_pressing_send_on_such_an_edition_explains_itself(self) -> None:
        with pytest.raises(schedule.CannotSend) as refusal:
            scheduled(title="")
        assert refusal.value.reason is Refusal.UNPUBLISHABLE

    def test_no_other_issue_waits_for_it(self) -> None:
        """Neither one that is due as well, nor one under way that needs its sender back, nor a paused one with mails in hand."""
        under_way, paused = issue_under_way(1), issue_under_way(1)
        ledger.claim_batch(issue_id=paused.pk, holder="gone", results=(), size=1, now=timezone.now())
        schedule.pause_issue(issue_id=paused.pk, now=timezone.now(), by=UserFactory())
        lost, good = scheduled(), scheduled()
        words_are_damaged(lost)
        heartbeat.send(sender=None, now=timezone.now() + DAY)
        status = dict(Issue.objects.values_list("pk", "status"))
        assert (status[lost.pk], status[good.pk]) == (IssueStatus.DRAFT, IssueStatus.SENDING)
        queued = DBTaskResult.objects.filter(task_path=send_slice.module_path).values_list("args_kwargs__args", flat=True)
        assert sorted(queued) == [[under_way.pk], [good.pk]]
        assert not paused.deliveries.filter(status=DeliveryStatus.CLAIMED).exists()


class TestArchive:
    def test_the_frozen_revision_is_published(self) -> None:
        issue = scheduled(intro="Vérifié.")
        page = issue.pages.get()
        later = page.get_latest_revision_as_object()
        later.intro = "Changé après coup."
        later.save_revision()
        schedule.start_due_issues(now=timezone.now() + DAY)
        page = IssuePage.objects.get()
        assert (page.live, page.intro) == (True, "Vérifié.")
        assert page.intro in issue.editions.get().text

    def test_a_publication_date_set_by_hand_is_overruled(self) -> None:
        scheduled(go_live_at=timezone.now() + 9 * DAY)
        schedule.start_due_issues(now=timezone.now() + DAY)
        page = IssuePage.objects.get()
        assert (page.live, page.go_live_at) == (True, None)
        assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_an_edition_added_later_is_not_published(self) -> None:
        issue = scheduled()
        dutch = edition(issue, "nl")
        schedule.start_due_issues(now=timezone.now() + DAY)
        assert list(IssuePage.objects.live().values_list("locale__language_code", flat=True)) == ["fr"]
        assert dutch.pk
