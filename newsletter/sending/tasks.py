"""The task that sends, and what keeps it going: a chain of short slices, and a look at every beat of a worker."""

import datetime
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from core import clock
from newsletter.models import Issue
from newsletter.sending import schedule
from newsletter.sending.sender import Sender, settle

logger = logging.getLogger(__name__)
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


# Before the slices of other issues: somebody looks at the desk.
@task(priority=20)
def start_due_issues() -> list[int]:
    """Begins the issues whose moment has come; safe to run twice and beside a beat."""
    return schedule.start_due_issues(now=clock.now())


# Below mails a person waits for (50), above the search index (0).
@task(priority=10)
def send_slice(issue_id: int) -> str:
    """Sends for a while, then queues the next slice; safe to run twice and beside others."""
    done = Sender(issue_id).run(seconds=settings.NEWSLETTER_SLICE_SECONDS, rate=settings.NEWSLETTER_RATE)
    if done.again_at:
        # Others may be queued already; this run itself still counts as unfinished.
        queue_slices(issue_id=issue_id, run_after=done.again_at, spare=1)
    return f"{done.accepted}/{done.handled}"


@transaction.atomic
def queue_slices(*, issue_id: int, run_after: datetime.datetime | None = None, spare: int = 0) -> int:
    """Queues as many slices as are missing for the senders the settings allow; returns how many.

    The lock on the issue keeps two workers from queueing for each other.
    """
    issue = Issue.objects.being_sent().select_for_update(no_key=True).filter(pk=issue_id).first()
    if issue is None:
        return 0
    known = DBTaskResult.objects.filter(task_path=send_slice.module_path, status__in=UNFINISHED, args_kwargs__args=[issue_id]).count()
    missing = max(0, settings.NEWSLETTER_SENDERS - known + spare)
    chosen = send_slice.using(run_after=run_after) if run_after else send_slice
    for _number in range(missing):
        chosen.enqueue(issue_id)
    return missing


def look_after_issues(*, now: datetime.datetime, **kwargs: Any) -> None:
    """Receiver of core's heartbeat: begins what is due, and gives every issue under way its senders back.

    An issue stopped or paused while a sender was gone still learns what became of its last mails. One in trouble keeps no other waiting.
    """
    schedule.start_due_issues(now=now)
    for issue_id in Issue.objects.left_in_hand().values_list("pk", flat=True):
        _look_after(issue_id, lambda pk: settle(issue_id=pk, now=now))
    for issue_id in Issue.objects.being_sent().values_list("pk", flat=True):
        _look_after(issue_id, lambda pk: queue_slices(issue_id=pk))


def _look_after(issue_id: int, do: Callable[[int], object]) -> None:
    try:
        do(issue_id)
    except Exception:
        logger.exception("Issue %s of the newsletter could not be looked after.", issue_id)


def start_at_once(**kwargs: Any) -> None:
    """Receiver of sending_is_due: it does not wait for a beat."""
    start_due_issues.enqueue()


def queue_at_once(*, issue_id: int, **kwargs: Any) -> None:
    """Receiver of sending_begins: the first mail waits neither for a beat nor for a slice that was put off for a full mailbox."""
    put_off = DBTaskResult.objects.filter(
        task_path=send_slice.module_path, status=TaskResultStatus.READY, args_kwargs__args=[issue_id], run_after__gt=clock.now()
    )
    put_off.update(run_after=clock.now())
    queue_slices(issue_id=issue_id)
