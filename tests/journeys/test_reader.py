"""Somebody gets the newsletter, changes her mind about the language, leaves at one click, and comes back."""

import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.post import links_of, wait_for_mail
from tests.journeys.steps import FILLED_IN
from tests.journeys.variants import three_languages
from tests.serving import Served

pytestmark = pytest.mark.browser

# The words a reader sees at each stage, per language.
STAGES = {
    "fr": ("regardez", "La dernière étape", "Bienvenue", "Vous êtes désabonné"),
    "nl": ("kijk", "De laatste stap", "Welkom", "U bent uitgeschreven"),
    "en": ("inbox", "The last step", "Welcome", "You have left"),
}
OTHER = {"fr": "nl", "nl": "en", "en": "fr"}


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def link(links: list[str], letter: str) -> str:
    return next(each for each in links if f"/n/{letter}/" in each)


@three_languages
def test_subscribe_confirm_change_leave_and_come_back(open_page: OpenPage, site: Served, language: str, javascript: bool) -> None:
    asked, last_step, welcome, left = STAGES[language]
    address = f"lea.{language}.{'js' if javascript else 'plain'}@example.org"

    # From the small form of the home page to the whole one, the address carried along outside of the URL.
    page = open_page(f"/{language}/", javascript=javascript, phone=True, language=language)
    page.locator("#newsletter-short-email").fill(address)
    page.locator(".newsletter-short button").click()
    expect(page.locator("main [name=email]")).to_have_value(address)
    assert "@" not in page.url
    expect(page.locator(f"[name=language][value={language}]")).to_be_checked()
    page.locator(".newsletter-form__themes summary").click()
    page.locator("[name=themes]").first.check()
    page.wait_for_timeout(FILLED_IN)
    page.locator(".newsletter-form .button--primary").click()
    assert asked in heading(page).lower()

    # One mail, one link, one button that says it is the last.
    mail = wait_for_mail(site.folder, address)
    page.goto(link(links_of(mail), "c"))
    assert last_step in heading(page)
    assert page.locator("main button").count() == 1
    page.locator("main button").click()
    assert welcome in heading(page)

    # Another language; the page speaks it at once.
    page.locator("main .button").click()
    page.locator(f"[name=language][value={OTHER[language]}]").check()
    page.locator(".newsletter-form .button--primary").click()
    expect(page.locator("html")).to_have_attribute("lang", OTHER[language])
    expect(page.locator(".notice--success")).to_be_visible()

    # Leave by the page, undo, and leave as a mail program does: one POST, no cookie, no redirect.
    page.locator("a[href*='/n/u/']").click()
    unsubscribe_url = page.url
    page.locator("main form button").click()
    assert STAGES[OTHER[language]][3] in heading(page)
    page.locator("main form button").click()
    expect(page.locator(".notice--success")).to_be_visible()
    request = urllib.request.Request(unsubscribe_url, data=b"List-Unsubscribe=One-Click", method="POST")
    with urllib.request.urlopen(request) as response:
        assert (response.status, response.url, response.headers["Set-Cookie"]) == (200, unsubscribe_url, None)
    page.goto(f"{unsubscribe_url}?language={language}")
    assert left in heading(page)
    assert page.context.cookies() == []
