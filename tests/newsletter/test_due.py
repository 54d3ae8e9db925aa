"""The moment of a scheduled issue: it leaves as it was frozen, or says why not; no other issue waits for it."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Revision

from core.signals import heartbeat
from newsletter.enums.issues import DeliveryStatus, IssueStatus, Refusal
from newsletter.models import Issue, IssuePage, Subscriber
from newsletter.sending import ledger, schedule
from newsletter.sending.tasks import send_slice
from tests.newsletter.factories import IssueFactory, SubscriberFactory
from tests.newsletter.issues import edition, green, issue_under_way
from tests.trainings.factories import UserFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def scheduled(**fields: Any) -> Issue:
    """An issue with a French edition that leaves tomorrow."""
    issue, now = IssueFactory(), timezone.now()
    page = edition(issue)
    for name, value in fields.items():
        setattr(page, name, value)
    if fields:
        page.save_revision(clean=False)
    schedule.send_issue(issue_id=green(issue).pk, now=now, by=UserFactory(), send_at=now + DAY)
    return issue


@pytest.fixture(autouse=True)
def reader() -> Subscriber:
    found: Subscriber = SubscriberFactory()
    return found


def everybody_left(issue: Issue) -> None:
    Subscriber.objects.all().delete()


def words_are_damaged(issue: Issue) -> None:
    Revision.objects.filter(pk=issue.editions.get().revision_id).update(content={})


def page_was_deleted(issue: Issue) -> None:
    issue.pages.get().delete()


@pytest.mark.parametrize(
    ("happens", "reason"),
    [(everybody_left, Refusal.NOBODY), (words_are_damaged, Refusal.ACCIDENT), (page_was_deleted, Refusal.UNPUBLISHABLE)],
)
def test_one_that_cannot_leave_is_a_draft_again_and_says_why(
    happens: Callable[[Issue], None], reason: Refusal, caplog: pytest.LogCaptureFixture
) -> None:
    issue = scheduled()
    happens(issue)
    for _beat in range(2):
        assert schedule.start_due_issues(now=timezone.now() + DAY) == []
    issue.refresh_from_db()
    assert (issue.status, issue.trouble, issue.send_at) == (IssueStatus.DRAFT, reason, None)
    assert [(step.to_status, step.reason) for step in issue.transitions.all()][1:] == [(IssueStatus.DRAFT, reason)]
    assert not issue.editions.exists()
    assert not issue.deliveries.exists(), "an audience nobody writes to is forgotten too"
    assert [bool(record.exc_info) for record in caplog.records if record.levelname == "ERROR"] == [True] * (reason == Refusal.ACCIDENT)


def test_an_edition_that_cannot_be_published_any_more_is_named() -> None:
    issue = scheduled()
    revision = issue.editions.get().revision
    Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"title": ""})
    schedule.start_due_issues(now=timezone.now() + DAY)
    issue.refresh_from_db()
    assert (issue.status, issue.trouble) == (IssueStatus.DRAFT, Refusal.UNPUBLISHABLE)


def test_pressing_send_on_such_an_edition_explains_itself() -> None:
    with pytest.raises(schedule.CannotSend) as refusal:
        scheduled(title="")
    assert refusal.value.reason is Refusal.UNPUBLISHABLE


def test_no_other_issue_waits_for_it() -> None:
    """Neither one that is due as well, nor one under way that needs its sender back, nor a paused one with mails in hand."""
    under_way, paused = issue_under_way(1), issue_under_way(1)
    ledger.turn(issue_id=paused.pk, holder="gone", results=(), size=1, now=timezone.now())
    schedule.pause_issue(issue_id=paused.pk, now=timezone.now(), by=UserFactory())
    lost, good = scheduled(), scheduled()
    words_are_damaged(lost)
    heartbeat.send(sender=None, now=timezone.now() + DAY)
    status = dict(Issue.objects.values_list("pk", "status"))
    assert (status[lost.pk], status[good.pk]) == (IssueStatus.DRAFT, IssueStatus.SENDING)
    queued = DBTaskResult.objects.filter(task_path=send_slice.module_path).values_list("args_kwargs__args", flat=True)
    assert sorted(queued) == [[under_way.pk], [good.pk]]
    assert not paused.deliveries.filter(status=DeliveryStatus.CLAIMED).exists()


class TestTheArchive:
    def test_what_is_published_is_what_was_checked_and_mailed(self) -> None:
        issue = scheduled(intro="Vérifié.")
        page = issue.pages.get()
        later = page.get_latest_revision_as_object()
        later.intro = "Changé après coup."
        later.save_revision()
        schedule.start_due_issues(now=timezone.now() + DAY)
        page = IssuePage.objects.get()
        assert (page.live, page.intro) == (True, "Vérifié.")
        assert page.intro in issue.editions.get().text

    def test_a_day_set_on_the_page_by_hand_does_not_keep_it_from_the_archive(self) -> None:
        scheduled(go_live_at=timezone.now() + 9 * DAY)
        schedule.start_due_issues(now=timezone.now() + DAY)
        page = IssuePage.objects.get()
        assert (page.live, page.go_live_at) == (True, None)
        assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_an_edition_made_since_is_not_published(self) -> None:
        issue = scheduled()
        dutch = edition(issue, "nl")
        schedule.start_due_issues(now=timezone.now() + DAY)
        assert list(IssuePage.objects.live().values_list("locale__language_code", flat=True)) == ["fr"]
        assert dutch.pk
