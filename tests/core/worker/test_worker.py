"""Signs of life, and tasks that a worker left behind."""

import datetime
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.mail.requeue import STRANDED_AFTER, queue_stranded_mails
from core.mail.tasks import deliver_mail
from core.models import OutgoingMail, WorkerHeartbeat
from core.worker.heartbeat import MOST_WORKERS, Heartbeat, deregister, record_heartbeat, requeue_stale_tasks
from tests.core.mailing import work_off, write_mail

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def running_task(worker: str, *, began: datetime.datetime, earlier: int = 0) -> DBTaskResult:
    """The delivery of a mail, taken by a worker."""
    write_mail()
    task = DBTaskResult.objects.latest("enqueued_at")
    DBTaskResult.objects.filter(pk=task.pk).update(status="RUNNING", started_at=began, worker_ids=[*["gone"] * earlier, worker])
    return task


def status_of(task: DBTaskResult) -> str:
    return DBTaskResult.objects.get(pk=task.pk).status


def test_a_heartbeat_tells_when_a_worker_was_heard_of() -> None:
    now = timezone.now()
    record_heartbeat("one", now - MINUTE)
    record_heartbeat("one", now)
    assert list(WorkerHeartbeat.objects.values_list("worker_id", "started_at", "seen_at")) == [("one", now - MINUTE, now)]


def test_workers_silent_for_a_day_are_forgotten() -> None:
    now = timezone.now()
    record_heartbeat("long gone", now - datetime.timedelta(days=1, minutes=1))
    record_heartbeat("one", now)
    assert list(WorkerHeartbeat.objects.values_list("worker_id", flat=True)) == ["one"]


def test_a_worker_that_stops_in_good_order_leaves_no_heartbeat() -> None:
    record_heartbeat("one", timezone.now())
    deregister("one")
    assert not WorkerHeartbeat.objects.exists()


def test_the_task_of_a_silent_worker_is_put_back_and_done_by_another() -> None:
    now = timezone.now()
    record_heartbeat("silent", now - 5 * MINUTE)
    task = running_task("silent", began=now - 5 * MINUTE)

    assert requeue_stale_tasks(now) == 1

    assert status_of(task) == "READY"
    work_off()
    assert status_of(task) == "SUCCESSFUL"
    assert OutgoingMail.objects.get().status == "sent"


def test_the_task_of_a_living_worker_is_left_alone_however_long_it_takes() -> None:
    now = timezone.now()
    record_heartbeat("alive", now - datetime.timedelta(seconds=5))
    task = running_task("alive", began=now - datetime.timedelta(hours=3))
    assert requeue_stale_tasks(now) == 0
    assert status_of(task) == "RUNNING"


def test_a_task_taken_a_moment_ago_is_left_alone_even_before_its_worker_is_heard_of() -> None:
    now = timezone.now()
    task = running_task("new", began=now - datetime.timedelta(seconds=1))
    assert requeue_stale_tasks(now) == 0
    assert status_of(task) == "RUNNING"


def test_a_task_that_outlived_many_workers_is_given_up() -> None:
    now = timezone.now()
    task = running_task("silent", began=now - 5 * MINUTE, earlier=MOST_WORKERS - 1)
    assert requeue_stale_tasks(now) == 0
    assert status_of(task) == "FAILED"


def test_a_mail_whose_task_failed_is_queued_again() -> None:
    mail = write_mail()
    DBTaskResult.objects.update(status="FAILED")
    later = timezone.now() + STRANDED_AFTER + MINUTE

    assert queue_stranded_mails(now=later) == 1
    assert queue_stranded_mails(now=later) == 0, "once is enough"

    work_off()
    assert OutgoingMail.objects.get(pk=mail.pk).status == "sent"


def test_a_mail_that_waits_for_its_next_try_is_not_stranded() -> None:
    write_mail()
    assert queue_stranded_mails(now=timezone.now() + datetime.timedelta(hours=3)) == 0
    assert DBTaskResult.objects.filter(task_path=deliver_mail.module_path).count() == 1


def test_a_new_mail_is_not_stranded() -> None:
    write_mail()
    DBTaskResult.objects.all().delete()
    assert queue_stranded_mails(now=timezone.now() + STRANDED_AFTER - MINUTE) == 0


def test_a_worker_writes_its_own_heartbeat_before_it_looks_for_stale_ones(settings: Any) -> None:
    """After the whole machine slept, the worker's own beat is old; it must not take its own running task for an orphan."""
    now = timezone.now()
    record_heartbeat("me", now - datetime.timedelta(hours=8))
    task = running_task("me", began=now - datetime.timedelta(hours=8))
    Heartbeat("me").beat(now)
    assert status_of(task) == "RUNNING"
