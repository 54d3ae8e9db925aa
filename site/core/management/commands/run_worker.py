import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, connection
from django.utils.crypto import get_random_string

from core import clock
from core.worker.db_retry import retry_while_database_is_down
from core.worker.duty_runner import DutyRunner
from core.worker.heartbeat import Heartbeat, deregister, record_heartbeat
from core.worker.traced import TracedWorker

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0


class Command(BaseCommand):
    """Runs queued tasks and timed duties until it is told to stop."""

    help = "Run queued tasks (mails first of all) and timed duties. Run as many as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", action="store_true", help="stop when no task is ready; timed duties are left to others")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks at an empty queue")

    def handle(self, *args: Any, **options: Any) -> None:
        """A database that restarts ends a run, not the worker: the next has a name of its own, and what the first held is put back."""
        worker = TracedWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=options["interval"],
            batch=options["batch"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="",
        )
        while worker.running:
            try:
                retry_while_database_is_down(connection.ensure_connection, "The worker")
                return _run_until_told(worker)
            except (OperationalError, InterfaceError):
                logger.exception("The database went away under the worker.")
                connection.close()
                time.sleep(PAUSE_SECONDS)


def _run_until_told(worker: TracedWorker) -> None:
    worker.worker_id = get_random_string(32)
    worker.configure_signals()
    # The first heartbeat comes before the first task, or another worker could requeue that task.
    record_heartbeat(worker.worker_id, clock.now())
    beside: list[Heartbeat | DutyRunner] = [Heartbeat(worker.worker_id), *([] if worker.batch else [DutyRunner()])]
    for thread in beside:
        thread.start()
    try:
        worker.run()
    finally:
        for thread in beside:
            thread.stop()
        deregister(worker.worker_id)
