"""A person is planted in every form of a real site, and in what goes wrong with it: no log of site or worker knows her afterwards."""

import itertools
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import Client

from core.models import OutgoingMail
from tests.core.factories import UserFactory
from tests.core.monitoring.failing import HEADER
from tests.core.sink import Sink, listening
from tests.crawl.endpoints import TOKEN, all_endpoints, create_rows
from tests.crawl.forms import OpenForm, _forms, open_forms
from tests.crawl.states import create_rows_of_today
from tests.databases import new_database
from tests.serving import ROOT, free_port

pytestmark = pytest.mark.slow

# What is typed, and what is looked for.
NAME = "Xanthippe Vandermolenbeek"
EMAIL = "ocelot.pangolin@example.org"
PHONE = "+32 478 55 66 77"
NOTE = "Ornithorhynque bleu"
SECRET = "kR3w-9xQbT1uVz8LmN0pYs5dFg7hJk2aCe4oXi6_uWq"
CANARIES = re.compile(rf"xanthippe|vandermolen|ocelot|pangolin|478\W*55|ornithorhynque|{SECRET[:12]}|{TOKEN[:20]}", re.IGNORECASE)
# As many screens of the back-office as show the kinds there are; all would take minutes.
SCREENS = (
    "core_organisations:add",
    "trainings_trainers:add",
    "trainings_enrolments:add",
    "cartography_places:add",
    "wagtailusers_users:add",
)
CSRF = "a" * 32
TIMEOUT = 60


def canary_for(name: str) -> str:
    """What a person would type there."""
    if any(word in name for word in ("email", "login", "reply")):
        return EMAIL
    if any(word in name for word in ("phone", "number")):
        return PHONE
    return NOTE if any(word in name for word in ("message", "note", "remark", "needs", "q", "context", "question")) else NAME


class Site:
    """A served site with its log, and the browser of somebody who writes to it."""

    def __init__(self, url: str, log: Path, environment: dict[str, str]) -> None:
        self.url, self.log, self.environment = url, log, environment
        self.client = httpx.Client(base_url=url, timeout=TIMEOUT, cookies={"csrftoken": CSRF})
        self.sent = 0

    def send(self, form: OpenForm, *, cookies: dict[str, str] | None = None, **headers: str) -> httpx.Response:
        """Fills in what is empty, and sends it; each time from another place, as the limits would have it."""
        typed = {name: value or canary_for(name) for name, value in form.values} | {"csrfmiddlewaretoken": CSRF, "website": ""}
        self.sent += 1
        headers |= {"X-Forwarded-For": f"198.51.{self.sent // 250}.{self.sent % 250 + 1}", "Referer": self.url + form.action}
        cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in (cookies or {}).items() | {("csrftoken", CSRF)})}
        if form.method == "get":
            return self.client.get(form.action, params=typed, headers=headers | cookie)
        return self.client.post(form.action, data=typed, headers=headers | cookie)

    def work_off(self) -> None:
        """The worker does what is to be done, beside the site."""
        with self.log.open("a") as writing:
            command = [sys.executable, "manage.py", "run_worker", "--batch", "--interval", "0.1"]
            subprocess.run(command, cwd=ROOT, env=self.environment, stdout=writing, stderr=subprocess.STDOUT, timeout=TIMEOUT, check=True)

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]


@contextmanager
def served(folder: Path, database_url: str, sink: Sink, **more: str) -> Iterator[Site]:
    """gunicorn as in production, on that database."""
    port, log = free_port(), folder / f"site{len(more)}.log"
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.core.monitoring.served_settings",
        "SMTP_PORT": str(sink.port),
        "WORKER_SILENCE_SECONDS": "45",
        "LOG_FORMAT": "json",
        "PYTHONUNBUFFERED": "1",
        "WEB_CONCURRENCY": "2",
    }
    command = ["-m", "gunicorn", "--config", "site/config/gunicorn.py", "--bind", f"127.0.0.1:{port}", "config.wsgi"]
    with log.open("w") as writing:
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment | more, stdout=writing, stderr=subprocess.STDOUT)
    site = Site(f"http://localhost:{port}", log, environment | more)
    try:
        deadline = time.monotonic() + TIMEOUT
        while not _answers(site):
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield site
    finally:
        site.client.close()
        process.terminate()
        process.wait(30)


def _answers(site: Site) -> bool:
    try:
        return site.client.get("/robots.txt").status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def database(django_db_blocker: Any) -> Iterator[str]:
    """A database of its own with a row behind every form, which other processes see; thrown away afterwards."""
    with django_db_blocker.unblock():
        url = new_database("canaries")
        resting = connections["default"]
        other = resting.copy()
        other.settings_dict["NAME"] = urlsplit(url).path.lstrip("/")
        connections["default"] = other
        try:
            with transaction.atomic():
                create_rows()
                create_rows_of_today()
            yield url
        finally:
            connection.close()
            connections["default"] = resting


@pytest.fixture(scope="module")
def forms(database: str) -> list[OpenForm]:
    """Every form a stranger can reach."""
    return open_forms()


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    """A mail server that refuses everybody, and says whom."""
    with listening() as sink:
        sink.recipient_answers = [f"550 5.1.1 <{EMAIL}> {PHONE}: no such user here"] * 500
        yield sink


def fail_in_every_way(site: Site) -> None:
    """What no form does: URLs, headers and bodies that go wrong."""
    ask = site.client.request
    ask("GET", f"/fr/mon-inscription/{SECRET}/")
    ask("GET", f"/fr/{EMAIL}/", params={"q": NAME, "phone": PHONE}, headers={HEADER: "words"})
    ask("GET", "/fr/", headers={"Host": "xanthippe.example.org"})
    ask("GET", "/fr/", headers={"X-Request-ID": EMAIL, "User-Agent": NAME, "X-Forwarded-For": "198.51.100.9"})
    ask("PUT", f"/fr/{SECRET}/", content=NOTE)
    ask("POST", "/account/login/", data={"login": EMAIL}, headers={"Referer": f"https://elsewhere.example.org/{SECRET}/"})
    ask("POST", "/account/login/", content=b"login=" + NAME.encode() + b"x" * 3_000_000)
    ask("POST", "/account/login/", content=f"login={EMAIL}\x00".encode(), headers={"Content-Type": "application/x-www-form-urlencoded"})
    ask("POST", "/account/login/", content=f"broken {NOTE}".encode(), headers={"Content-Type": "multipart/form-data"})


def fill_in_the_back_office(site: Site) -> int:
    """Somebody who may do everything; how many forms she sent."""
    colleague = Client(headers={"accept-language": "en"})
    colleague.force_login(UserFactory(is_superuser=True, is_staff=True, email="colleague@example.org"))
    cookies = {settings.SESSION_COOKIE_NAME: colleague.cookies[settings.SESSION_COOKIE_NAME].value}
    screens = [endpoint.path for endpoint in all_endpoints() if endpoint.name in SCREENS]
    found = [max(_forms(colleague.get(path).content.decode(), path), key=lambda form: len(form.names)) for path in screens]
    for form in found:
        site.send(form, cookies=cookies)
        site.send(form, cookies=cookies, **{HEADER: "words"})
    return len(found)


def test_no_log_knows_whom_the_forms_were_about(database: str, forms: list[OpenForm], sink: Sink, tmp_path: Path) -> None:
    with served(tmp_path, database, sink) as site:
        for form, way in zip(forms, itertools.cycle(("words", "database")), strict=False):
            site.send(form)
            failure = site.send(form, **{HEADER: way})
            assert failure.status_code == 500, form.action
            assert failure.headers["X-Request-ID"] in failure.text, "what somebody can quote"
        screens = fill_in_the_back_office(site)
        fail_in_every_way(site)
        site.work_off()
        output, lines = site.log.read_text(), site.lines()

    assert len(forms) > 25
    assert screens == len(SCREENS)
    assert [line for line in output.splitlines() if CANARIES.search(line)] == []
    # And yet the log is of use: every request has its line, every failure its place, all of it under one id.
    requests = [line for line in lines if line["logger"] == "smes.request"]
    assert len([line for line in requests if line["status"] == 500]) >= len(forms) + screens
    assert {line["request_id"] for line in requests if line["status"] == 500} <= {
        line["request_id"] for line in lines if "failing.py" in line.get("traceback", "")
    }
    assert not OutgoingMail.objects.filter(status="sent").exists()
    refused = [line for line in lines if "was not delivered" in line["message"]]
    assert len(refused) >= 5
    assert {line["request_id"] for line in refused} <= {line["request_id"] for line in requests}, "a mail leads to its request"


@pytest.mark.control
def test_without_the_mask_the_search_finds_her(database: str, forms: list[OpenForm], sink: Sink, tmp_path: Path) -> None:
    with served(tmp_path, database, sink, WITHOUT_MASK="1") as site:
        secret = next(form for form in forms if form.method == "post" and TOKEN[:20] in form.action)
        for way in ("words", "database"):
            site.send(secret, **{HEADER: way})
        contact = next(form for form in forms if "email" in form.names and form.method == "post")
        site.send(contact, **{HEADER: "words"})
        output = site.log.read_text()
    found = {match.lower() for match in CANARIES.findall(output)}
    assert {"ocelot", "xanthippe", TOKEN[:20]} <= found
