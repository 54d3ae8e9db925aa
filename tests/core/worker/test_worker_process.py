"""Real worker processes, a real database, a real mail server: what a kill in the middle of a delivery leaves, and who tidies up."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from core.mail.tasks import deliver_mail
from core.models import OutgoingMail, WorkerHeartbeat
from tests import waiting
from tests.core.mailing import write_mail
from tests.core.sink import Sink
from tests.databases import url_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
TIMEOUT = 40
wait_until = partial(waiting.wait_until, seconds=TIMEOUT)


@contextmanager
def worker(sink: Sink, silence: float) -> Iterator[subprocess.Popen[bytes]]:
    """`manage.py run_worker` on the tests' database, sending to the sink."""
    environment = os.environ | {
        "DATABASE_URL": url_of(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "tests.core.worker_settings",
        "SMTP_PORT": str(sink.port),
        "WORKER_SILENCE_SECONDS": str(silence),
    }
    process = subprocess.Popen([sys.executable, "manage.py", "run_worker", "--interval", "0.2"], cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def task_of(mail: OutgoingMail) -> DBTaskResult:
    return DBTaskResult.objects.get(task_path=deliver_mail.module_path, args_kwargs__args=[mail.pk])


def status_of(mail: OutgoingMail) -> str:
    return OutgoingMail.objects.get(pk=mail.pk).status


def kill_in_the_middle(sink: Sink, mail: OutgoingMail) -> None:
    """The server has the whole mail and has not answered yet when the worker dies."""
    sink.pauses = [30]
    with worker(sink, silence=45) as first:
        assert sink.began.wait(TIMEOUT)
        assert (task_of(mail).status, status_of(mail)) == ("RUNNING", "queued")
        first.send_signal(signal.SIGKILL)
        assert first.wait(10) == -signal.SIGKILL


def test_a_mail_survives_the_death_of_its_worker(committed: None, sink: Sink) -> None:
    """Another worker takes the task over. The server may have kept the first copy: at most one double, with the same Message-ID."""
    mail = write_mail()
    kill_in_the_middle(sink, mail)

    with worker(sink, silence=1.5):
        wait_until(lambda: status_of(mail) == "sent", "the mail was never sent")
        wait_until(lambda: task_of(mail).status == "SUCCESSFUL", "the task was never finished")

    assert OutgoingMail.objects.get(pk=mail.pk).attempts == 2
    assert len(task_of(mail).worker_ids) == 2
    assert 1 <= len(sink.received) <= 2
    assert len({message["Message-ID"] for message in sink.messages}) == 1


@pytest.mark.control
def test_without_putting_back_the_task_runs_for_ever(committed: None, sink: Sink) -> None:
    """The control: a silence longer than the test switches the putting back off, and the second worker leaves the mail where it is."""
    mail = write_mail()
    kill_in_the_middle(sink, mail)
    other = write_mail(to="another@example.org")

    with worker(sink, silence=3600):
        wait_until(lambda: status_of(other) == "sent", "the second worker does not work at all")
        time.sleep(3)

    assert (task_of(mail).status, status_of(mail)) == ("RUNNING", "queued")


def test_a_worker_told_to_stop_finishes_the_current_mail(committed: None, sink: Sink) -> None:
    mail, next_mail = write_mail(), write_mail()
    sink.pauses = [2]
    with worker(sink, silence=45) as process:
        assert sink.began.wait(TIMEOUT)
        assert WorkerHeartbeat.objects.count() == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0

    assert sorted([status_of(mail), status_of(next_mail)]) == ["queued", "sent"]
    assert len(sink.received) == 1
    assert not WorkerHeartbeat.objects.exists(), "it said goodbye"


# Whoever takes a task needs three seconds to commit that.
SLOW_COMMIT = f"""
    CREATE FUNCTION slow_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(3); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER slow_commit AFTER UPDATE ON {DBTaskResult._meta.db_table} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.status = 'RUNNING') EXECUTE FUNCTION slow_commit();
"""


@pytest.fixture
def slow_commits() -> Iterator[psycopg.Connection]:
    with psycopg.connect(url_of(connection.settings_dict["NAME"]), autocommit=True) as writing:
        writing.execute(SLOW_COMMIT)
        yield writing
        writing.execute("DROP FUNCTION slow_commit CASCADE")


def test_a_worker_told_to_stop_in_the_middle_of_a_commit_ends_it_first(
    committed: None, sink: Sink, slow_commits: psycopg.Connection
) -> None:
    """A signal that broke it off would leave a task that runs for nobody, and a connection on which the worker cannot say goodbye."""
    mail = write_mail()
    with worker(sink, silence=45) as process:
        committing = "SELECT count(*) FROM pg_stat_activity WHERE query = 'COMMIT' AND wait_event = 'PgSleep'"
        wait_until(lambda: slow_commits.execute(committing).fetchone() != (0,), "no task is taken")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0

    assert (task_of(mail).status, status_of(mail)) == ("SUCCESSFUL", "sent")
    assert not WorkerHeartbeat.objects.exists(), "it said goodbye"
