"""Real web workers, real mail workers, a real database and mail server, and an axe: what a page said has happened, and was told once."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from django.db import connection

from core.models import Duty, OutgoingMail, WorkerHeartbeat
from tests.core.sink import Sink, listening
from tests.databases import committing, url_of
from tests.serving import ROOT, free_port
from tests.trainings.enrolment.people import full_session
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, EnrolmentTransition, Session

pytestmark = pytest.mark.slow

# `make bench` takes a hundred people and more kills.
AT_SCALE = bool(os.environ.get("KILLED_AT_SCALE"))
SEATS, LEAVING, NEWCOMERS = (40, 30, 100) if AT_SCALE else (10, 6, 24)
WEB_KILLS, MAIL_KILLS = (8, 6) if AT_SCALE else (2, 1)
CLIENTS = 6
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|started)"[^>]*value="([^"]+)"')
TIMEOUT = 120  # seconds: of 20 on a quiet machine


def environment(sink: Sink) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": url_of(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "tests.trainings.web_settings",
        "SMTP_PORT": str(sink.port),
        "WORKER_SILENCE_SECONDS": "1.5",
    }


class Site:
    """gunicorn with two workers, and two mail workers; whoever is killed is replaced."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        port = free_port()
        self.url = f"http://localhost:{port}"
        command = ["-m", "gunicorn", "--config", "site/config/gunicorn.py", "--bind", f"127.0.0.1:{port}", "config.wsgi"]
        self.web = self._start(*command)
        self.mail = [self._start_mail(), self._start_mail()]

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment(self.sink), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def _start_mail(self) -> subprocess.Popen[bytes]:
        return self._start("manage.py", "run_worker", "--interval", "0.1")

    def wait_until_ready(self) -> None:
        wait_until(lambda: _answers(self.url), "the site does not answer")

    def kill_a_web_worker(self) -> None:
        """SIGKILL, in the middle of whatever it does; gunicorn starts another one."""
        children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGKILL)

    def kill_a_mail_worker(self) -> None:
        victim = self.mail.pop(0)
        victim.kill()
        victim.wait(10)
        self.mail.append(self._start_mail())

    def stop(self) -> None:
        self.web.terminate()
        for process in self.mail:
            process.kill()
        for process in (self.web, *self.mail):
            process.wait(30)


@contextmanager
def running(sink: Sink) -> Iterator[Site]:
    site = Site(sink)
    try:
        site.wait_until_ready()
        yield site
    finally:
        site.stop()


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server that thinks a little about each mail: many moments to be killed in."""
    with listening() as sink:
        sink.pauses = [0.02] * 10_000
        yield sink


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=5).status_code > 0
    except httpx.TransportError:
        return False


def wait_until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + TIMEOUT
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def send(site: Site, path: str, number: int, **typed: str) -> httpx.Response | None:
    """Reads a form and sends it, as a person does who tries once. None when the connection was cut: she was told nothing."""
    with httpx.Client(base_url=site.url, timeout=60, headers={"X-Forwarded-For": f"198.51.100.{number}"}) as client:
        try:
            hidden = dict(HIDDEN.findall(client.get(path).text))
            return client.post(path, data=hidden | typed, headers={"Referer": site.url + path})
        except httpx.TransportError:
            return None


def enrol(site: Site, session: Session, number: int) -> str:
    """The e-mail address of who was told that she is enrolled or on the list; empty when she was told nothing."""
    email = f"new{number}@example.org"
    typed = {"name": "Alex Exemple", "email": email, "language": "fr", "website": ""}
    answer = send(site, f"/fr/inscription/{session.reference}/", number, **typed)
    return email if answer is not None and answer.status_code == 302 else ""


def cancel(site: Site, enrolment: Enrolment, number: int) -> str:
    answer = send(site, f"/fr/mon-inscription/{enrolment.token}/annuler/", 100 + number)
    return enrolment.email if answer is not None and answer.status_code == 302 else ""


def a_rush(site: Site, session: Session, seated: list[Enrolment]) -> tuple[list[str], list[str]]:
    """Newcomers enrol while others cancel, and processes are killed. Who was told: (enrolled or listed, cancelled)."""
    dice = random.Random(20261130)
    with ThreadPoolExecutor(CLIENTS) as pool:
        news: list[Future[str]] = [pool.submit(enrol, site, session, number) for number in range(NEWCOMERS)]
        gone: list[Future[str]] = [pool.submit(cancel, site, each, number) for number, each in enumerate(seated[:LEAVING])]
        for kill in range(WEB_KILLS):
            goal = (kill + 1) * (NEWCOMERS + LEAVING) // (WEB_KILLS + 2)
            wait_until(lambda goal=goal: sum(each.done() for each in [*news, *gone]) >= goal, "the rush does not go on")
            time.sleep(dice.random() * 0.05)
            site.kill_a_web_worker()
            if kill < MAIL_KILLS:
                site.kill_a_mail_worker()
    return [each.result() for each in news if each.result()], [each.result() for each in gone if each.result()]


def test_what_a_page_said_has_its_row_and_one_mail_whatever_is_killed(committed: None, sink: Sink) -> None:
    session, seated, _waiting = full_session(waiting=0, capacity=SEATS)
    with ExitStack() as stack:
        stack.enter_context(committing(WorkerHeartbeat, Duty))
        site = stack.enter_context(running(sink))
        told, left = a_rush(site, session, seated)
        wait_until(lambda: not OutgoingMail.objects.filter(status="queued").exists(), "mails wait for ever")

    assert len(told) >= NEWCOMERS - WEB_KILLS * CLIENTS
    assert len(left) >= LEAVING // 2
    rows = Enrolment.objects.filter(session=session)
    assert set(told) <= set(rows.values_list("participant__email", flat=True)), "a page said so, and there is no row"
    assert set(left) <= set(rows.filter(status=EnrolmentStatus.CANCELLED).values_list("participant__email", flat=True))
    holding = rows.filter(status__in=(EnrolmentStatus.CONFIRMED, EnrolmentStatus.OFFERED)).count()
    assert holding == SEATS, "a seat too many, or one that idles while people wait"
    # Each status was told once, in the transaction that wrote it.
    changes = EnrolmentTransition.objects.filter(enrolment__session=session, enrolment__participant__email__startswith="new").count()
    written = OutgoingMail.objects.filter(to__startswith="new")
    assert written.count() == changes
    assert set(OutgoingMail.objects.values_list("status", flat=True)) == {"sent"}
    copies = Counter(str(message["Message-ID"]) for message in sink.messages)
    assert len(copies) == OutgoingMail.objects.count(), "a mail that never arrived, or one written twice"
    # A worker killed between the server's copy and its answer: the mail goes again, with the same Message-ID, and mail programs show one.
    assert copies.total() - len(copies) <= MAIL_KILLS
