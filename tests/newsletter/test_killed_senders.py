"""Real workers, a real mail server, a real database, and an axe: nobody is missed, nobody gets it twice."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from core.models import Duty, WorkerHeartbeat
from newsletter.enums.issues import DeliveryStatus
from newsletter.models import Delivery, FrozenEdition, Issue, Subscriber
from newsletter.sending.messages import message_id
from tests.core.sink import Sink, listening
from tests.databases import committing, url_of
from tests.newsletter.issues import issue_under_way
from tests.newsletter.worker_processes import ROOT, crew, is_finished, own_database, wait_until

pytestmark = pytest.mark.slow

SUBSCRIBERS = 300
KILLS = 6


@pytest.fixture
def committed(db: None) -> Iterator[None]:
    """Issues and their deliveries that other processes see."""
    with committing(Delivery, FrozenEdition, Issue, Subscriber, WorkerHeartbeat, DBTaskResult, Duty):
        yield


@pytest.fixture
def slow_sink() -> Iterator[Sink]:
    """A mail server that thinks a little about each mail: many moments to be killed in."""
    with listening() as sink:
        sink.pauses = [0.02] * 10_000
        yield sink


def prove_the_ledger(issue: Issue, sink: Sink, *, most_uncertain: int) -> dict[str, int]:
    """What the mail server has and what the ledger says fit together, reader by reader."""
    arrived = Counter(str(message["Message-ID"]) for message in sink.messages)
    doubled = [name for name, count in arrived.items() if count > 1]
    assert doubled == []
    rows = list(Delivery.objects.filter(issue=issue).select_related("subscriber"))
    names = {row.pk: message_id(issue.pk, row.pk) for row in rows}
    accepted = {names[row.pk] for row in rows if row.status == DeliveryStatus.ACCEPTED}
    uncertain = {names[row.pk] for row in rows if row.status == DeliveryStatus.UNCERTAIN}
    assert accepted <= set(arrived), "the ledger says accepted, the server has nothing: lost"
    assert set(arrived) - accepted <= uncertain, "the server has a mail the ledger knows nothing of"
    assert len(uncertain) <= most_uncertain
    counts = issue.deliveries.counts()
    assert sum(counts[status] for status in ("accepted", "refused", "suppressed", "uncertain")) == SUBSCRIBERS
    return counts


def test_nobody_is_missed_and_nobody_gets_it_twice_whatever_is_killed(committed: None, slow_sink: Sink) -> None:
    """Two workers, six kills at random moments of a run of 300 mails, and the database gone in the middle."""
    issue = issue_under_way(SUBSCRIBERS)
    dice = random.Random(20261124)
    with crew(slow_sink) as workers:
        for step in range(KILLS):
            goal = step * 34 + dice.randint(2, 24)
            wait_until(lambda goal=goal: len(slow_sink.received) >= goal, "it does not go on", workers)
            time.sleep(dice.random() * 0.05)
            workers.kill_one()
            if step == KILLS // 2:
                take_the_database_away()
        wait_until(lambda: is_finished(issue), "it never ended", workers)

    counts = prove_the_ledger(issue, slow_sink, most_uncertain=KILLS)
    assert counts["accepted"] >= SUBSCRIBERS - KILLS


def take_the_database_away() -> None:
    """What workers see of a restart: every connection to this one database is cut, and none is let in for two seconds.

    (Not the whole server: other tests may run on it. A real crash, SIGQUIT to the postmaster, gave the same result by hand.)
    """
    name = connection.settings_dict["NAME"]
    connection.close()
    with psycopg.connect(url_of("postgres"), autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()", [name])
        time.sleep(2)
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


NAIVE = """
import sys
sys.path[:0] = ["site", "."]
import django; django.setup()
from django.core.mail import mailers, EmailMessage
from newsletter.models import Subscriber
from pathlib import Path

cursor = Path(sys.argv[1])
while True:
    start = int(cursor.read_text() or 0)
    batch = list(Subscriber.objects.filter(pk__gt=start).order_by("pk")[:100])
    if not batch:
        break
    cursor.write_text(str(batch[-1].pk))
    for reader in batch:
        mailers["default"].send_messages([EmailMessage("x", "x", "a@example.org", [reader.email])])
"""


@pytest.mark.control
def test_without_a_ledger_readers_are_lost(committed: None, slow_sink: Sink, tmp_path: Path) -> None:
    """The control: a cursor moved when a batch is fetched, as newsletter programs do. One kill, a second run, and readers are missing."""
    issue_under_way(SUBSCRIBERS)
    cursor, script = tmp_path / "cursor", tmp_path / "naive.py"
    cursor.write_text("")
    script.write_text(NAIVE)
    environment = os.environ | {
        "DATABASE_URL": own_database(),
        "DJANGO_SETTINGS_MODULE": "tests.newsletter.sender_settings",
        "SMTP_PORT": str(slow_sink.port),
        "WORKER_SILENCE_SECONDS": "1.5",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    command = [sys.executable, str(script), str(cursor)]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as first:
        wait_until(lambda: len(slow_sink.received) >= 30, "it does not begin")
        first.kill()
    slow_sink.pauses.clear()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=60)

    reached = {str(message["To"]) for message in slow_sink.messages}
    assert len(reached) < SUBSCRIBERS - 50
