"""Workers record a heartbeat; tasks of a worker that went silent are requeued.

django-tasks-db leaves a task RUNNING for ever when its worker is killed (RealOrangeOne/django-tasks#46). Tasks must
therefore be safe to run twice: a task put back may have done its work just before the end.
"""

import datetime
import logging
import threading

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core import clock
from core.mail.requeue import queue_stranded_mails
from core.models.worker import WorkerHeartbeat
from core.signals import heartbeat

logger = logging.getLogger(__name__)

# A task that outlived so many workers probably kills them. Mails are given up earlier (core.mail.deliver.MOST_TRIES).
MOST_WORKERS = 8
# What a task fails with when the database restarts under it.
DATABASE_AWAY = ("django.db.utils.OperationalError", "django.db.utils.InterfaceError")
INTERRUPTED_WITHIN = datetime.timedelta(hours=1)


class WorkersLost(Exception):
    """Every worker that took the task went silent."""


def record_heartbeat(worker_id: str, now: datetime.datetime) -> None:
    """Notes that the worker lives; forgets those silent for a day."""
    _heartbeat, created = WorkerHeartbeat.objects.get_or_create(worker_id=worker_id, defaults={"started_at": now, "seen_at": now})
    if not created:
        WorkerHeartbeat.objects.filter(pk=worker_id).update(seen_at=now)
    day = datetime.timedelta(days=1)
    WorkerHeartbeat.objects.exclude(seen_at__range=(now - day, now + day)).delete()


def deregister(worker_id: str) -> None:
    """A worker that stops in good order leaves no heartbeat behind: the health page knows at once."""
    WorkerHeartbeat.objects.filter(pk=worker_id).delete()


def silence() -> datetime.timedelta:
    """How long a worker may be silent before it counts as gone."""
    return datetime.timedelta(seconds=settings.WORKER_SILENCE_SECONDS)


@transaction.atomic
def requeue_stale_tasks(now: datetime.datetime) -> int:
    """Makes ready again the tasks left running by workers that are gone; returns how many."""
    alive = set(WorkerHeartbeat.objects.alive(now).values_list("worker_id", flat=True))
    # A start in the future was long ago: the clock was set back.
    long_ago = Q(started_at__lt=now - silence()) | Q(started_at__gt=now + silence())
    running = DBTaskResult.objects.running().filter(long_ago).select_for_update(skip_locked=True)
    stale = [task for task in running if not task.worker_ids or task.worker_ids[-1] not in alive]
    for task in stale:
        if len(task.worker_ids) >= MOST_WORKERS:
            logger.error("Task %s is given up: %s workers went silent over it.", task.pk, len(task.worker_ids))
            task.set_failed(WorkersLost(f"{len(task.worker_ids)} workers"))
            continue
        logger.warning("Task %s of a silent worker is put back.", task.pk)
        task.status = TaskResultStatus.READY
        task.started_at = None
        task.save(update_fields=["status", "started_at"])
    return sum(task.status == TaskResultStatus.READY for task in stale)


@transaction.atomic
def requeue_interrupted_tasks(now: datetime.datetime) -> int:
    """Makes ready again the tasks that failed because the database went away; returns how many."""
    failed = DBTaskResult.objects.failed().filter(exception_class_path__in=DATABASE_AWAY, finished_at__gt=now - INTERRUPTED_WITHIN)
    interrupted = [task for task in failed.select_for_update(skip_locked=True) if len(task.worker_ids) < MOST_WORKERS]
    for task in interrupted:
        logger.warning("Task %s met a database that was away, and is put back.", task.pk)
        task.status, task.started_at, task.finished_at = TaskResultStatus.READY, None, None
        task.save(update_fields=["status", "started_at", "finished_at"])
    return len(interrupted)


class Heartbeat(threading.Thread):
    """Runs beside the worker's own thread, with a connection of its own, and requeues what other workers left behind."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self.worker_id = worker_id
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            try:
                self.beat(clock.now())
            except Exception:
                # The database restarts or is locked: the next heartbeat comes soon. A thread that ends would make a living
                # worker look dead.
                logger.exception("A heartbeat was missed.")
            finally:
                connection.close()
            self.stopped.wait(settings.WORKER_HEARTBEAT_SECONDS)

    def beat(self, now: datetime.datetime) -> None:
        """One heartbeat. Its own comes first: after a pause of the whole machine it must not requeue its own running tasks."""
        record_heartbeat(self.worker_id, now)
        requeue_stale_tasks(now)
        requeue_interrupted_tasks(now)
        queue_stranded_mails(now=now)
        for receiver, answer in heartbeat.send_robust(sender=type(self), now=now):
            if isinstance(answer, Exception):
                logger.error("%s failed at a heartbeat.", receiver, exc_info=answer)

    def stop(self) -> None:
        """Ends the thread; waits for the heartbeat under way."""
        self.stopped.set()
        self.join(timeout=10)
