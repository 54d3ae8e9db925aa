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
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session as LogIn
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation

from core.models import Duty, OutgoingMail, WorkerHeartbeat
from tests import waiting
from tests.core.people import browser_of, member
from tests.core.sink import Sink, listening
from tests.databases import committing, url_of
from tests.serving import ROOT, free_port
from tests.trainings.enrolment.people import full_session
from tests.trainings.payment.factories import PaymentRequestFactory, PaymentSettingsFactory
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enums import EnrolmentStatus, SystemNote
from trainings.models import (
    BillingDetails,
    Enrolment,
    EnrolmentTransition,
    NumberSeries,
    Payment,
    PaymentLine,
    PaymentRequest,
    PaymentSettings,
    Session,
)

pytestmark = pytest.mark.slow

# `make bench` takes a hundred people and more kills.
AT_SCALE = bool(os.environ.get("KILLED_AT_SCALE"))
SEATS, LEAVING, NEWCOMERS = (150, 30, 100) if AT_SCALE else (16, 6, 24)
# Offers that are accepted, people who say who pays, payments that a colleague notes.
OFFERS, PAYERS, NOTES = (40, 60, 40) if AT_SCALE else (4, 5, 4)
WEB_KILLS, MAIL_KILLS = (8, 6) if AT_SCALE else (2, 1)
CLIENTS = 6
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|started)"[^>]*value="([^"]+)"')
TIMEOUT = 120  # seconds: of 20 on a quiet machine
wait_until = partial(waiting.wait_until, seconds=TIMEOUT)


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
        wait_until(lambda: waiting.is_answered(f"{self.url}/healthz"), "the site does not answer")

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


def send(site: Site, path: str, number: int, cookies: dict[str, str] | None = None, **typed: str) -> httpx.Response | None:
    """Reads a form and sends it, as a person does who tries once. None when the connection was cut: she was told nothing."""
    with httpx.Client(base_url=site.url, timeout=60, headers={"X-Forwarded-For": f"198.51.100.{number}"}, cookies=cookies) as client:
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


def accept(site: Site, enrolment: Enrolment, number: int) -> str:
    answer = send(site, path_of("accept_offer", enrolment), 150 + number)
    return enrolment.email if answer is not None and answer.status_code == 302 else ""


def say_who_pays(site: Site, enrolment: Enrolment, number: int) -> str:
    """The address a payment request was sent to, as the page said."""
    email = f"pays{number}@example.org"
    payer = {"payer": "person", "name": "Alex Exemple", "street": "Rue de l’Exemple 1", "postal_code": "1000", "city": "Bruxelles"}
    answer = send(site, path_of("billing", enrolment), 50 + number, email=email, **payer)
    return email if answer is not None and answer.status_code == 302 else ""


def note(site: Site, request: PaymentRequest, number: int, session_key: str) -> str:
    """A colleague notes ten euros; her words for it, when the page said that it is noted."""
    words = f"versement {number}"
    path = reverse("payments_backoffice:note_payment", args=[request.pk])
    typed = {"amount": "10", "received_on": f"{timezone.localdate()}", "note": words}
    answer = send(site, path, 250, cookies={settings.SESSION_COOKIE_NAME: session_key}, **typed)
    return words if answer is not None and answer.status_code == 302 else ""


def path_of(name: str, enrolment: Enrolment) -> str:
    with translation.override("fr"):
        return reverse(f"trainings:{name}", args=[enrolment.token])


def cancel(site: Site, enrolment: Enrolment, number: int) -> str:
    answer = send(site, f"/fr/mon-inscription/{enrolment.token}/annuler/", 100 + number)
    return enrolment.email if answer is not None and answer.status_code == 302 else ""


@dataclass
class Told:
    """What pages said: addresses of who is enrolled or listed, cancelled, has accepted, and gets a payment request; payments noted."""

    enrolled: list[str]
    cancelled: list[str]
    accepted: list[str]
    asked: list[str]
    noted: list[str]


def a_rush(site: Site, session: Session, seated: list[Enrolment], offered: list[Enrolment]) -> Told:
    """Newcomers enrol while others cancel, accept, say who pays and a colleague notes payments; and processes are killed."""
    dice = random.Random(20261130)
    accounts, request = browser_of(member("Accounts")), PaymentRequestFactory(year=2020, total_cents=NOTES * 1_000)
    key = accounts.cookies[settings.SESSION_COOKIE_NAME].value
    calls: dict[str, list[Callable[[], str]]] = {
        "enrolled": [partial(enrol, site, session, number) for number in range(NEWCOMERS)],
        "cancelled": [partial(cancel, site, each, number) for number, each in enumerate(seated[:LEAVING])],
        "accepted": [partial(accept, site, each, number) for number, each in enumerate(offered)],
        "asked": [partial(say_who_pays, site, each, number) for number, each in enumerate(seated[LEAVING : LEAVING + PAYERS])],
        "noted": [partial(note, site, request, number, key) for number in range(NOTES)],
    }
    order = [(what, call) for what, each in calls.items() for call in each]
    dice.shuffle(order)
    with ThreadPoolExecutor(CLIENTS) as pool:
        futures: list[tuple[str, Future[str]]] = [(what, pool.submit(call)) for what, call in order]
        for kill in range(WEB_KILLS):
            goal = (kill + 1) * len(futures) // (WEB_KILLS + 2)
            wait_until(lambda goal=goal: sum(each.done() for _what, each in futures) >= goal, "the rush does not go on")
            time.sleep(dice.random() * 0.05)
            site.kill_a_web_worker()
            if kill < MAIL_KILLS:
                site.kill_a_mail_worker()
    return Told(**{what: [each.result() for one, each in futures if one == what and each.result()] for what in calls})


def full_and_offered() -> tuple[Session, list[Enrolment], list[Enrolment]]:
    """A session that costs something, those who keep a seat or cancel it, and those who have an offer."""
    session, seated, waiting = full_session(waiting=OFFERS, capacity=SEATS, module__price=120)
    for leaving in seated[-OFFERS:]:
        cancel_enrolment(enrolment=leaving, now=timezone.now())
    return session, seated[:-OFFERS], waiting


def test_what_a_page_said_has_its_row_and_one_mail_whatever_is_killed(committed: None, sink: Sink) -> None:
    with ExitStack() as stack:
        stack.enter_context(committing(WorkerHeartbeat, Duty, LogIn))
        stack.enter_context(committing(Payment, PaymentLine, PaymentRequest, BillingDetails, NumberSeries, PaymentSettings))
        PaymentSettingsFactory()
        session, seated, offered = full_and_offered()
        site = stack.enter_context(running(sink))
        told = a_rush(site, session, seated, offered)
        wait_until(lambda: not OutgoingMail.objects.filter(status="queued").exists(), "mails wait for ever")
        places_are_as_told(session, told)
        money_is_as_told(told)
    mails_arrived_once(sink)


def places_are_as_told(session: Session, told: Told) -> None:
    assert len(told.enrolled) >= NEWCOMERS - WEB_KILLS * CLIENTS
    assert len(told.cancelled) >= LEAVING // 2
    assert all([told.accepted, told.asked, told.noted])
    rows = Enrolment.objects.filter(session=session)
    assert set(told.enrolled) <= set(rows.values_list("participant__email", flat=True)), "a page said so, and there is no row"
    assert set(told.cancelled) <= set(rows.filter(status=EnrolmentStatus.CANCELLED).values_list("participant__email", flat=True))
    assert set(told.accepted) <= set(rows.confirmed().values_list("participant__email", flat=True))
    holding = rows.filter(status__in=(EnrolmentStatus.CONFIRMED, EnrolmentStatus.OFFERED)).count()
    assert holding == SEATS, "a seat too many, or one that idles while people wait"
    # Each status was told once, in the transaction that wrote it.
    changes = EnrolmentTransition.objects.filter(enrolment__session=session, enrolment__participant__email__startswith="new").count()
    assert OutgoingMail.objects.filter(to__startswith="new").count() == changes
    accepted = EnrolmentTransition.objects.filter(enrolment__session=session, reason=SystemNote.OFFER_ACCEPTED).count()
    assert OutgoingMail.objects.filter(kind="trainings/mail/enrolment_confirmed").exclude(to__startswith="new").count() == accepted


def money_is_as_told(told: Told) -> None:
    requests = PaymentRequest.objects.filter(email__startswith="pays")
    assert set(told.asked) <= set(requests.values_list("email", flat=True)), "a page said so, and there is no payment request"
    assert sorted(requests.values_list("sequence", flat=True)) == list(range(1, requests.count() + 1)), (
        "a number is missing, or is there twice"
    )
    assert PaymentLine.objects.filter(request__in=requests).count() == requests.count()
    mails = OutgoingMail.objects.filter(kind="trainings/mail/payment_request").values_list("to", flat=True)
    assert Counter(mails) == Counter(requests.values_list("email", flat=True)), "each was mailed once"
    noted = Counter(Payment.objects.values_list("note", flat=True))
    assert set(told.noted) <= set(noted), "a page said so, and there is no payment"
    assert set(noted.values()) <= {1}, "money that came once is counted twice"


def mails_arrived_once(sink: Sink) -> None:
    assert set(OutgoingMail.objects.values_list("status", flat=True)) == {"sent"}
    copies = Counter(str(message["Message-ID"]) for message in sink.messages)
    assert len(copies) == OutgoingMail.objects.count(), "a mail that never arrived, or one written twice"
    # A worker killed between the server's copy and its answer: the mail goes again, with the same Message-ID, and mail programs show one.
    assert copies.total() - len(copies) <= MAIL_KILLS
