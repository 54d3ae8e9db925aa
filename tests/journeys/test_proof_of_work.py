"""Many colleagues enrolled from one connection already: the next one's browser works for a moment, or she waits for one."""

import datetime
import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from core.models import Attempt
from core.proof_of_work import admission
from tests.core.proof_of_work.solving import ticket_of
from tests.journeys.axe import faults
from tests.journeys.variants import two_languages
from tests.trainings.factories import SessionFactory
from trainings.models import Enrolment

pytestmark = pytest.mark.browser

FREE = 30
WAIT = datetime.timedelta(seconds=2)


@pytest.fixture
def page(browser: Browser, server: LiveServer, language: str, javascript: bool) -> Iterator[Page]:
    complaints: list[str] = []
    context = browser.new_context(base_url=server.url, java_script_enabled=javascript, locale=f"{language}-BE", reduced_motion="reduce")
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(f"a script failed: {error.message}"))
    yield page
    context.close()
    assert [each for each in complaints if "status of 429" not in each] == []


def fill_in(page: Page, email: str) -> None:
    page.locator("[name=name]").fill("Alix Exemple")
    page.locator("[name=email]").fill(email)


def press(page: Page) -> None:
    page.locator("main form button.button--primary").click()


def look_at_the_page_that_asks(browser: Browser, url: str) -> None:
    """With its script held back, or it would be gone before it is looked at: as it is at first, and while the browser works."""
    page = browser.new_page()
    page.route("**/proof.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    page.goto(url)
    fill_in(page, "asked@example.org")
    press(page)
    expect(page.locator("[data-smes-error-summary]")).to_be_focused()
    assert faults(page) == {}
    page.evaluate("document.querySelector('[data-smes-proof]').hidden = false")
    assert faults(page) == {}
    page.close()


def use_half() -> None:
    Attempt.objects.filter(scope="enrol").update(count=FREE, until=timezone.now() + datetime.timedelta(minutes=40))


@two_languages
def test_half_of_the_quota_is_used(
    page: Page, browser: Browser, server: LiveServer, language: str, javascript: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "WAIT", WAIT)
    session = SessionFactory(capacity=20)
    with translation.override(language):
        path = reverse("trainings:enrol", args=[session.reference])
    done = re.compile("/inscrit/|/ingeschreven/")
    scripts: list[str] = []
    page.on("request", lambda request: scripts.append(request.url) if "proof" in request.url else None)

    page.goto(path)
    fill_in(page, f"first.{language}@example.org")
    press(page)
    page.wait_for_url(done)
    assert scripts == [], "below the half nothing is loaded for it"

    use_half()
    if javascript:
        look_at_the_page_that_asks(browser, server.url + path)
    page.goto(path)
    fill_in(page, f"second.{language}@example.org")
    if not javascript:
        press(page)
        summary = page.locator("[data-smes-error-summary]")
        expect(summary).to_contain_text(re.compile(r"\d\suur"))
        assert page.locator("[name=email]").input_value() == f"second.{language}@example.org"
        assert ticket_of(page.content())
        page.wait_for_timeout(WAIT.total_seconds() * 1000 + 200)
    press(page)
    page.wait_for_url(done, timeout=20_000)
    assert Enrolment.objects.count() == 2
    assert any("proof.js" in url for url in scripts) is javascript
