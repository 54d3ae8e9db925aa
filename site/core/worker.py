"""Workers say that they live; tasks of a worker that went silent are put back.

django-tasks-db leaves a task RUNNING for ever when its worker is killed (RealOrangeOne/django-tasks#46). Tasks must
therefore be safe to run twice: a task put back may have done its work just before the end.
"""

import datetime
import logging
import threading

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core import clock
from core.models.worker import WorkerHeartbeat

logger = logging.getLogger(__name__)


def beat(worker_id: str, now: datetime.datetime) -> None:
    """Notes that the worker lives; forgets those silent for a day."""
    _beat, created = WorkerHeartbeat.objects.get_or_create(worker_id=worker_id, defaults={"started_at": now, "seen_at": now})
    if not created:
        WorkerHeartbeat.objects.filter(pk=worker_id).update(seen_at=now)
    WorkerHeartbeat.objects.filter(seen_at__lt=now - datetime.timedelta(days=1)).delete()


def silence() -> datetime.timedelta:
    """How long a worker may be silent before it counts as gone."""
    return datetime.timedelta(seconds=settings.WORKER_SILENCE_SECONDS)


@transaction.atomic
def put_back_orphans(now: datetime.datetime) -> int:
    """Makes ready again the tasks left running by workers that are gone; returns how many."""
    alive = set(WorkerHeartbeat.objects.filter(seen_at__gt=now - silence()).values_list("worker_id", flat=True))
    running = DBTaskResult.objects.running().filter(started_at__lt=now - silence()).select_for_update(skip_locked=True)
    orphans = [task for task in running if not task.worker_ids or task.worker_ids[-1] not in alive]
    for task in orphans:
        logger.warning("Task %s of a silent worker is put back.", task.pk)
        task.status = TaskResultStatus.READY
        task.started_at = None
        task.save(update_fields=["status", "started_at"])
    return len(orphans)


class Heart(threading.Thread):
    """Beats beside the worker's own thread, with a connection of its own, and looks after the orphans of others."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(name="heart", daemon=True)
        self.worker_id = worker_id
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            try:
                beat(self.worker_id, clock.now())
                put_back_orphans(clock.now())
            except DatabaseError:
                # The database restarts or is locked: the next beat comes soon.
                logger.exception("A beat was missed.")
            finally:
                connection.close()
            self.stopped.wait(settings.WORKER_BEAT_SECONDS)

    def stop(self) -> None:
        self.stopped.set()
