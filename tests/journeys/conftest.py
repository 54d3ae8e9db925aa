"""A browser with or without JavaScript, on a phone or a desktop, watched for what must never happen."""

import re
from collections.abc import Callable, Generator, Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.models import ModelLogEntry

from tests.core.people import member
from tests.databases import committing
from tests.journeys.page_types import Rows
from tests.serving import Served
from tests.trainings.conftest import WRITTEN
from trainings.models import Trainer

PHONE = {"width": 375, "height": 740}
DESKTOP = {"width": 1280, "height": 900}

OpenPage = Callable[..., Page]
PASSWORD = "secret-for-tests"


def is_elsewhere(url: str) -> bool:
    """Whether a request leaves the site."""
    return urlsplit(url).hostname not in {"localhost", "127.0.0.1", None}


OPENED = pytest.StashKey[list[Page]]()
WHERE = "`${document.title} · focus: ${document.activeElement?.outerHTML.slice(0, 200)}`"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A journey that failed shows where each of its pages stands, and what has the focus there."""
    report = yield
    if report.failed and call.when == "call":
        report.sections.append(("The pages of the journey", "\n".join(map(_where, item.stash.get(OPENED, [])))))
    return report


def _where(page: Page) -> str:
    try:
        return f"{page.url} · {page.evaluate(WHERE)}"
    except Error as error:  # closed, or between two pages
        return f"{page.url} · {error.message}"


@pytest.fixture
def rows(site: Served, site_database: str) -> Iterator[Rows]:
    """Asks the served database; commands answer with nothing."""
    with psycopg.connect(site_database, autocommit=True) as connection:

        def ask(query: str) -> list[tuple[str, ...]]:
            cursor = connection.execute(query)
            return cursor.fetchall() if cursor.description else []

        yield ask


@pytest.fixture
def open_page(browser: Browser, site: Served, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """`open_page("/fr/", javascript=False, phone=True)`; at the end no page may have broken the policy or left the site."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    opened = request.node.stash.setdefault(OPENED, [])

    def open_it(path: str, *, javascript: bool = True, phone: bool = False, dark: bool = False, language: str = "fr") -> Page:
        context = browser.new_context(
            base_url=site.url,
            java_script_enabled=javascript,
            viewport=PHONE if phone else DESKTOP,
            color_scheme="dark" if dark else "light",
            locale=f"{language}-BE",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        opened.append(page)
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(f"a script failed: {error.message}"))
        page.on("request", lambda request: faults.append(request.url) if is_elsewhere(request.url) else None)
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    # A form sent back for correction answers 422; Wagtail's own checker, in the bar of who is logged in, reports to the console.
    serious = [fault for fault in faults if "status of 4" not in fault and not fault.startswith("axe.run results")]
    assert serious == []


@pytest.fixture
def committed(db: None) -> Iterator[None]:
    """What the test writes is seen by the server."""
    with committing(ModelLogEntry, *WRITTEN, Trainer):
        yield


@pytest.fixture
def server(committed: None) -> Iterator[LiveServer]:
    """The product on the tests' own database."""
    running = LiveServer("localhost")
    yield running
    running.stop()


@pytest.fixture
def enter(browser: Browser, server: LiveServer) -> Iterator[Callable[..., Page]]:
    """`enter("Coordinator", "nl", phone=True)`: logged in by the form, on the start of the back-office."""
    complaints: list[str] = []

    def log_in(group: str, language: str, *, phone: bool = False, javascript: bool = True, **person: str) -> Page:
        user = member(group, **({"email": f"{group.lower()}@example.org"} | person))
        if group == "Trainer":
            Trainer.objects.update(user=user)
        context = browser.new_context(
            base_url=server.url,
            viewport=PHONE if phone else DESKTOP,
            locale=f"{language}-BE",
            has_touch=phone,
            java_script_enabled=javascript,
        )
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(f"a script failed: {error.message}"))
        page.goto("/account/login/")
        page.locator("[name=login]").fill(user.email)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main form button.button--primary").click()
        expect(page).to_have_url(re.compile(r"/admin/"))
        return page

    yield log_in
    for context in browser.contexts:
        context.close()
    Trainer.objects.update(user=None)
    assert [text for text in complaints if "status of 422" not in text] == []
