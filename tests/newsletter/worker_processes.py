"""Workers as processes of their own, on the database of the test, and a mail server that waits for them."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

from django.db import connection

from newsletter.enums.issues import IssueStatus
from newsletter.models import Issue
from tests import waiting
from tests.core.sink import Sink
from tests.databases import url_of
from tests.serving import ROOT

TIMEOUT = 300  # seconds: of 30 on a quiet machine


def own_database() -> str:
    return url_of(connection.settings_dict["NAME"])


def start_worker(sink: Sink) -> subprocess.Popen[bytes]:
    """One that soon takes another one for dead."""
    environment = os.environ | {
        "DATABASE_URL": own_database(),
        "DJANGO_SETTINGS_MODULE": "tests.newsletter.sender_settings",
        "SMTP_PORT": str(sink.port),
        "WORKER_SILENCE_SECONDS": "1.5",
    }
    command = [sys.executable, "manage.py", "run_worker", "--interval", "0.1"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


class Crew:
    """Two workers at any time; whoever dies is replaced."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.workers = [start_worker(sink), start_worker(sink)]
        self.kills = 0

    def kill_one(self) -> None:
        victim = self.workers.pop(0)
        victim.send_signal(signal.SIGKILL)
        victim.wait(10)
        self.kills += 1
        self.workers.append(start_worker(self.sink))

    def replace_the_dead(self) -> None:
        for number, worker in enumerate(self.workers):
            if worker.poll() is not None:
                self.workers[number] = start_worker(self.sink)

    def dismiss(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait(10)


@contextlib.contextmanager
def crew(sink: Sink) -> Iterator[Crew]:
    workers = Crew(sink)
    try:
        yield workers
    finally:
        workers.dismiss()


def wait_until(holds: Callable[[], bool], what: str, workers: Crew | None = None) -> None:
    def look() -> bool:
        if workers:
            workers.replace_the_dead()
        return holds()

    waiting.wait_until(look, what, TIMEOUT, every=0.05)


def is_finished(issue: Issue) -> bool:
    return Issue.objects.get(pk=issue.pk).status == IssueStatus.SENT
