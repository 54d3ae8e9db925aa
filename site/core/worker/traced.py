"""The worker of django-tasks-db, which knows whose work it does and stops between two pieces of it."""

import logging
import signal
from types import FrameType

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from core.monitoring.request_ids import under_id
from core.monitoring.tasks import id_of_task

logger = logging.getLogger(__name__)


class TracedWorker(Worker):
    """Runs each task under the id of the request that left it (core.monitoring.tasks)."""

    running: bool

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """The loop ends by itself at its next turn. The package's own way leaves by an exception wherever the worker is, a commit included:
        the connection is then of no use to say goodbye with, and a task that was being claimed runs for nobody. Told twice, it leaves so.
        """
        if not self.running:
            super().shutdown(signum, frame)
        logger.warning("Received %s: the worker stops.", signal.strsignal(signum))
        self.running = False

    def run_task(self, db_task_result: DBTaskResult) -> None:
        with under_id(id_of_task(db_task_result)):
            super().run_task(db_task_result)
