"""A professional finds a training, enrols, reads the mail and cancels, on a phone between two visits."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenPage
from tests.journeys.post import links_of, text_of, wait_for_mail
from tests.journeys.steps import FILLED_IN, enrol
from tests.journeys.variants import two_languages
from tests.journeys.words import WORDS
from tests.serving import Served

pytestmark = pytest.mark.browser


@two_languages
def test_a_training_is_found_by_a_filter(open_page: OpenPage, language: str, javascript: bool) -> None:
    words = WORDS[language]
    page = open_page(words.catalogue, javascript=javascript)
    expect(page.locator(".card")).to_have_count(20)
    page.locator(f"#theme-{words.filter_value}").check()
    if not javascript:
        page.locator(".filters__apply").click()
    expect(page).to_have_url(re.compile(r"theme=drugs"))
    expect(page.locator(".card")).to_have_count(6)
    expect(page.locator(".card__title", has_text=words.title)).to_be_visible()
    page.locator(".chip").first.click()
    expect(page.locator(".card")).to_have_count(20)


@two_languages
def test_a_training_is_found_by_a_word_without_its_accent(open_page: OpenPage, language: str, javascript: bool) -> None:
    words = WORDS[language]
    page = open_page(words.catalogue, javascript=javascript)
    page.locator("#list-words").fill(words.without_accent)
    page.locator("#list-words").press("Enter")
    expect(page).to_have_url(re.compile(f"q={words.without_accent}"))
    expect(page.locator(".card__title", has_text=words.found)).to_be_visible()


def test_the_language_switch_stays_on_the_page_and_keeps_the_filter(open_page: OpenPage) -> None:
    page = open_page("/fr/formations/?theme=drugs")
    page.locator("a[hreflang=nl]").first.click()
    expect(page).to_have_url(re.compile(r"/nl/opleidingen/\?theme=drugs"))


@two_languages
def test_enrolling_takes_one_page_and_the_mail_says_the_same(open_page: OpenPage, site: Served, language: str, javascript: bool) -> None:
    words = WORDS[language]
    address = f"alix.{language}.{'js' if javascript else 'plain'}@example.org"
    page = open_page(f"{words.catalogue}{words.slug}/", javascript=javascript, phone=True, language=language)
    enrol(page, address)
    heading = page.locator("h1").inner_text()
    assert words.confirmed in heading

    mail = wait_for_mail(site.folder, address)
    assert heading in text_of(mail)
    assert words.title in text_of(mail)
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["text/calendar"]

    manage = next(link for link in links_of(mail) if "/".join(link.split("/")[:4]).endswith(f"/{language}") and link.count("/") > 5)
    page.goto(manage)
    assert words.confirmed in page.locator("h1").inner_text()
    page.locator(".button--danger").click()  # GET: asks
    page.locator("main form button").last.click()  # POST: acts
    wait_for_mail(site.folder, address, number=2)
    page.goto(manage)
    assert words.confirmed not in page.locator("h1").inner_text()


def test_an_empty_form_says_what_is_missing_and_loses_nothing(open_page: OpenPage) -> None:
    page = open_page("/fr/formations/overdose/")
    page.locator(".session__action .button").first.click()
    page.locator("[name=function]").fill("éducatrice")
    page.wait_for_timeout(FILLED_IN)
    page.locator("main form button.button--primary").click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary.locator("a")).to_have_count(2)
    expect(page.locator("[name=function]")).to_have_value("éducatrice")
    summary.locator("a").first.click()
    expect(page.locator("[name=name]")).to_be_focused()
