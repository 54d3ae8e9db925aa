from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from core import clock
from core.worker.heartbeat import Heart, beat, deregister


class Command(BaseCommand):
    """Runs queued tasks until it is told to stop, beating all the while."""

    help = "Run queued tasks (mails first of all). Run as many as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", action="store_true", help="stop when nothing is ready")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks at an empty queue")

    def handle(self, *args: Any, **options: Any) -> None:
        worker_id = get_random_string(32)
        worker = Worker(
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
        # The first beat comes before the first task, or another worker could take that task for an orphan.
        beat(worker_id, clock.now())
        heart = Heart(worker_id)
        heart.start()
        try:
            worker.run()
        finally:
            heart.stop()
            deregister(worker_id)
