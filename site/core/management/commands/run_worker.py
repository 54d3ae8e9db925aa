from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.crypto import get_random_string

from core import clock
from core.worker.duty_runner import DutyRunner
from core.worker.heartbeat import Heartbeat, deregister, record_heartbeat
from core.worker.traced import TracedWorker


class Command(BaseCommand):
    """Runs queued tasks and timed duties until it is told to stop."""

    help = "Run queued tasks (mails first of all) and timed duties. Run as many as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", action="store_true", help="stop when no task is ready; timed duties are left to others")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks at an empty queue")

    def handle(self, *args: Any, **options: Any) -> None:
        worker_id = get_random_string(32)
        worker = TracedWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=options["interval"],
            batch=options["batch"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
        )
        worker.configure_signals()
        # The first heartbeat comes before the first task, or another worker could requeue that task.
        record_heartbeat(worker_id, clock.now())
        beside: list[Heartbeat | DutyRunner] = [Heartbeat(worker_id), *([] if options["batch"] else [DutyRunner()])]
        for thread in beside:
            thread.start()
        try:
            worker.run()
        finally:
            for thread in beside:
                thread.stop()
            deregister(worker_id)
