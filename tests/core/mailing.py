"""Writing and delivering the mails of a test."""

import datetime
from typing import Any

import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.mail.message import queue_mail
from core.models import OutgoingMail
from core.worker.traced import TracedWorker

TEMPLATE = "home/mail/contact_message"
CONTEXT = {"name": "Zoé Exemple", "email": "zoe@example.org", "subject": "Une question", "message": "Bonjour à vous."}


def write_mail(**options: Any) -> OutgoingMail:
    """A mail in the queue."""
    wanted = {"template": TEMPLATE, "to": "reader@example.org", "language": "fr", "now": timezone.now()} | options
    wanted["context"] = CONTEXT | options.get("context", {})
    with transaction.atomic():
        return queue_mail(**wanted)


def worker_of_the_test() -> TracedWorker:
    return TracedWorker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="of-the-test",
    )


def work_off(at: datetime.datetime | None = None) -> None:
    """Runs the tasks that are ready at a moment, as the worker runs them, on the connection of the test.

    (`Worker.run` itself closes old connections, hence the transaction of the test; test_worker_process.py has real ones.)
    """
    worker = worker_of_the_test()
    with time_machine.travel(at or timezone.now(), tick=True):
        while task := DBTaskResult.objects.ready().first():
            task.claim(worker.worker_id)
            worker.run_task(task)
