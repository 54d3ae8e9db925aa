"""The task that sends, in short slices, and the heartbeat receiver that restarts a broken chain of slices."""

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
from newsletter.sending.sender import Sender, finish_or_reschedule

logger = logging.getLogger(__name__)
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


# Before the slices of other issues: somebody is watching the page of the issue.
@task(priority=20)
def start_due_issues() -> list[int]:
    """Starts the issues that are due. Idempotent, also beside a heartbeat."""
    return schedule.start_due_issues(now=clock.now())


# Below mails a person waits for (50), above the search index (0).
@task(priority=10)
def send_slice(issue_id: int) -> str:
    """Sends for a while, then queues the next slice. Idempotent, also beside others."""
    run = Sender(issue_id).run(seconds=settings.NEWSLETTER_SLICE_SECONDS, rate=settings.NEWSLETTER_RATE)
    if run.again_at:
        # Others may be queued already; this run still counts as unfinished.
        queue_slices(issue_id=issue_id, run_after=run.again_at, spare=1)
    return f"{run.accepted}/{run.handled}"


@transaction.atomic
def queue_slices(*, issue_id: int, run_after: datetime.datetime | None = None, spare: int = 0) -> int:
    """Queues the missing slices for the number of senders the settings allow; returns how many.

    The lock on the issue keeps two workers from queueing the same slices.
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
    """Receiver of core's heartbeat signal: starts issues that are due, and requeues the senders of issues being sent.

    Stale claims of paused or cancelled issues are settled too. An error in one issue does not stop the others.
    """
    schedule.start_due_issues(now=now)
    for issue_id in Issue.objects.stopped_with_claims().values_list("pk", flat=True):
        _look_after(issue_id, lambda pk: finish_or_reschedule(issue_id=pk, now=now))
    for issue_id in Issue.objects.being_sent().values_list("pk", flat=True):
        _look_after(issue_id, lambda pk: queue_slices(issue_id=pk))


def _look_after(issue_id: int, do: Callable[[int], object]) -> None:
    try:
        do(issue_id)
    except Exception:
        logger.exception("Issue %s of the newsletter could not be looked after.", issue_id)


def start_at_once(**kwargs: Any) -> None:
    """Receiver of sending_is_due: does not wait for a heartbeat."""
    start_due_issues.enqueue()


def queue_at_once(*, issue_id: int, **kwargs: Any) -> None:
    """Receiver of sending_begins: the first mail waits neither for a heartbeat nor for a slice that is due later."""
    delayed = DBTaskResult.objects.filter(
        task_path=send_slice.module_path, status=TaskResultStatus.READY, args_kwargs__args=[issue_id], run_after__gt=clock.now()
    )
    delayed.update(run_after=clock.now())
    queue_slices(issue_id=issue_id)
