"""`make bench`: 10,000 deliveries with ledger against bare SMTP on one connection, in turns, on the same mail server.

Two anchors in the same run: bare SMTP, which one sender must reach 0.4 of, and bare SMTP with one durable commit a mail, to show what the
notes without a log save (decision 17). What must hold besides: two senders faster than one, memory that does not grow with the audience,
and pressing Send answered in half a second.
"""

import os
import resource
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from newsletter.models import Delivery, FrozenEdition, Issue, Subscriber
from newsletter.sending.messages import template_of
from newsletter.sending.mime import Envelope
from newsletter.sending.schedule import start_due_issues
from newsletter.sending.sender import Sender
from tests.core.factories import UserFactory
from tests.databases import committing, url_of
from tests.newsletter.factories import IssueFactory
from tests.newsletter.issues import audience, edition, green, issue_under_way
from tests.serving import ROOT, free_port

FAST_SINK = ROOT / "tests" / "fast_sink.py"
SUBSCRIBERS = 10_000
ROUND = 1_000
ROUNDS = 4


@pytest.fixture
def committed(db: None) -> Iterator[None]:
    """Issues and their deliveries that other processes see."""
    with committing(Delivery, FrozenEdition, Issue, Subscriber, DBTaskResult):
        yield


@pytest.fixture
def port(settings: Any) -> Iterator[int]:
    port = free_port()
    with subprocess.Popen([sys.executable, str(FAST_SINK), str(port)]) as sink:
        for _try in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        options = {"host": "127.0.0.1", "port": port, "timeout": 20}
        settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
        yield port
        sink.kill()


def bare(port: int, payload: bytes, count: int) -> float:
    """Mails a second of smtplib alone: the same bytes, one connection, nothing written down."""
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.ehlo()
        begun = time.perf_counter()
        for number in range(count):
            server.sendmail("a@example.org", f"r{number}@example.org", payload)
        return count / (time.perf_counter() - begun)


def with_commit(port: int, payload: bytes, count: int) -> float:
    """What a ledger with one durable commit a mail costs at least: as `bare`, and one row written."""
    row = Delivery.objects.values_list("pk", flat=True).first()
    with smtplib.SMTP("127.0.0.1", port) as server, connection.cursor() as cursor:
        server.ehlo()
        begun = time.perf_counter()
        for number in range(count):
            cursor.execute("UPDATE newsletter_delivery SET code = %s WHERE id = %s", [number % 900, row])
            server.sendmail("a@example.org", f"r{number}@example.org", payload)
        return count / (time.perf_counter() - begun)


def ours(issue: Issue, seconds: float) -> float:
    """Mails a second of one sender with its ledger."""
    begun = time.perf_counter()
    done = Sender(issue.pk).run(seconds=seconds, rate=0)
    return done.handled / (time.perf_counter() - begun)


def processes(count: int, port: int, issue: Issue) -> float:
    """Mails a second of so many sender processes until nobody is left."""
    environment = os.environ | {
        "DATABASE_URL": url_of(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "tests.newsletter.sender_settings",
        "SMTP_PORT": str(port),
        "WORKER_SILENCE_SECONDS": "60",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    code = (
        "import django, sys; django.setup(); from newsletter.sending.sender import Sender; sys.stdin.readline();"
        f"Sender({issue.pk}).run(seconds=600, rate=0)"
    )
    crew = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stdin=subprocess.PIPE) for _number in range(count)]
    time.sleep(6)  # all have started and wait for the word
    left = issue.deliveries.waiting().count()
    begun = time.perf_counter()
    for process in crew:
        assert process.stdin
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in crew:
        assert process.wait(300) == 0
    return left / (time.perf_counter() - begun)


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bench_ten_thousand_deliveries(committed: None, port: int, capsys: pytest.CaptureFixture[str]) -> None:
    issue = issue_under_way(SUBSCRIBERS, items=18)
    template = template_of(issue.editions.get())
    payload = template.to_bytes(Envelope("zoe@example.org", "K" * 22, "<x@example.org>", "Tue, 24 Nov 2026 10:00:00 +0100"))
    rates: list[tuple[float, float, float]] = []
    ours(issue, 0.5)
    before = megabytes()
    for _round in range(ROUNDS):
        rates.append((bare(port, payload, ROUND), with_commit(port, payload, ROUND), ours(issue, 2.0)))
    grown = megabytes() - before
    # Of a server that answers at once, one sender takes what two cores give; one elsewhere takes its time, and two need not wait in turn.
    elsewhere = free_port()
    with subprocess.Popen([sys.executable, str(FAST_SINK), str(elsewhere), "--thinks", "0.001"]) as sink:
        one = processes(1, elsewhere, _again(issue))
        two = processes(2, elsewhere, _again(issue))
        sink.kill()
    counts = issue.deliveries.counts()
    plain, floor, mine = (median(each) for each in zip(*rates, strict=True))
    ratio = median(each[2] / each[0] for each in rates)
    with capsys.disabled():
        print(f"\n{len(payload) / 1000:.0f} kB a mail; bare SMTP {plain:.0f} mails/s, with one durable commit a mail {floor:.0f} mails/s")
        print(f"one sender with its ledger {mine:.0f} mails/s: {ratio:.2f} of bare SMTP, {mine / floor:.2f} of bare SMTP with a commit")
        print(f"{SUBSCRIBERS} deliveries, 1 ms each: one process {one:.0f} mails/s, two {two:.0f} mails/s; grown {grown:.1f} MB")
    assert counts["accepted"] == SUBSCRIBERS
    assert ratio >= 0.4
    assert two > one
    assert grown < 10


def _again(issue: Issue) -> Issue:
    """The same ledger, nothing sent yet."""
    issue.deliveries.update(status="waiting", claim="", claimed_at=None, done_at=None, attempts=0, next_try_at=timezone.now())
    Issue.objects.filter(pk=issue.pk).update(status="sending", finished_at=None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE newsletter_delivery")
    return issue


@pytest.mark.django_db
def bench_pressing_send(capsys: pytest.CaptureFixture[str]) -> None:
    """Ten thousand readers; two editions; through the real page. Then what the worker does before the first mail."""
    user = UserFactory(is_superuser=True, is_staff=True)
    client = Client()
    client.force_login(user)
    pressed, begun_after = [], []
    audience(SUBSCRIBERS // 2, "fr")
    audience(SUBSCRIBERS // 2, "nl")
    for _round in range(3):
        issue = IssueFactory()
        for language in ("fr", "nl"):
            edition(issue, language)
        green(issue)
        begun = time.perf_counter()
        answer = client.post(reverse("newsletter_issue:send", args=[issue.pk]), {"missing_edition": "nothing", "send_at": ""})
        connection.check_constraints()  # what a commit would look at
        pressed.append(time.perf_counter() - begun)
        assert answer.status_code == 302
        begun = time.perf_counter()
        assert start_due_issues(now=timezone.now()) == [issue.pk]
        connection.check_constraints()
        begun_after.append(time.perf_counter() - begun)
        assert issue.deliveries.count() == SUBSCRIBERS
    with capsys.disabled():
        print(f"\npressing Send for {SUBSCRIBERS} readers: {', '.join(f'{each:.2f}' for each in pressed)} s")
        print(f"the worker then writes the ledger and publishes: {', '.join(f'{each:.2f}' for each in begun_after)} s")
    assert median(pressed) < 0.5
