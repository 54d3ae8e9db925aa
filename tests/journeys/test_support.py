"""An institution asks for support by the form; the mobile team opens a file, notes its day on a phone, and closes it."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.post import links_of, text_of, wait_for_mail
from tests.journeys.steps import FILLED_IN, log_in
from tests.journeys.variants import two_languages
from tests.serving import Served

pytestmark = pytest.mark.browser

PAGES = {"fr": "/fr/support/equipe-mobile/", "nl": "/nl/support/mobiel-team/"}
FORMS = {"fr": "demander-un-soutien", "nl": "ondersteuning-vragen"}
WORKS = {"fr": "Nous travaillons avec vous", "nl": "We werken samen met u"}
PHONE = {"width": 375, "height": 700}


def ask(page: Page, language: str, organisation: str, address: str) -> str:
    """From the page of the mobile team to the reference."""
    page.locator(f"main a[href*='{FORMS[language]}']").first.click()
    page.locator("[name=pillar][value=mobile_team]").check()
    page.locator("[name=text]").fill("Une situation où notre équipe ne sait plus comment continuer.")
    page.locator("[name=organisation]").fill(organisation)
    page.locator("[name=name]").fill("Alix Exemple")
    page.locator("[name=email]").fill(address)
    page.wait_for_timeout(FILLED_IN)
    page.locator("main form button.button--primary").click()
    page.wait_for_url(re.compile(r"\?sent="))
    return page.url.rpartition("=")[2]


def press(page: Page, action: str) -> None:
    """A step of the page of a row: the screen that asks, then its button."""
    page.goto(page.locator(f"a[href$='/{action}/']").first.get_attribute("href") or "")
    page.locator("main form button[type=submit]").last.click()
    expect(page).to_have_url(re.compile("/inspect/"))


@two_languages
def test_from_a_request_to_a_closed_file(open_page: OpenPage, site: Served, language: str, javascript: bool) -> None:
    organisation, address = f"Maison Exemple {language}", f"support.{language}@example.org"
    page = open_page(PAGES[language], javascript=javascript, language=language)
    reference = ask(page, language, organisation, address)
    received = wait_for_mail(site.folder, address)
    assert reference in text_of(received)

    staff = open_page("/admin/")
    log_in(staff, "admin@example.org")
    staff.set_viewport_size(PHONE)
    staff.goto("/admin/follow-up/requests/")
    staff.get_by_role("link", name=organisation).first.click()
    press(staff, "analysis")
    press(staff, "open")
    assert "/files/" in staff.url

    began = time.monotonic()
    for number in (1, 2, 3):
        staff.locator(".smes-log button[value=contact]").click()
        expect(staff.locator("a[href*='/events/']")).to_have_count(number)
    assert time.monotonic() - began < 60, "three contacts take seconds, not minutes"
    width = staff.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], "nothing is cut on a phone"

    follow = next(link for link in links_of(received) if f"/{language}/" in link)
    page.goto(follow)
    expect(page.locator("h1")).to_have_text(WORKS[language])
    press(staff, "close")
    expect(staff.locator(".smes-log")).to_have_count(0)
