"""People and services speak to the map: by keyboard alone, with and without JavaScript, in three languages; moderators as well."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.keyboard import Keyboard
from tests.journeys.map_words import WORDS, Words
from tests.journeys.post import links_of, text_of, wait_for_mail
from tests.journeys.variants import three_languages
from tests.serving import Served

pytestmark = pytest.mark.browser

SUBMIT = "main form button:not([type=button])"


@three_languages
def test_filter_share_open_and_report(open_page: OpenPage, language: str, javascript: bool) -> None:
    words = WORDS[language]
    page = open_page(words.page, javascript=javascript, language=language)
    keys = Keyboard(page)
    expect(page.locator(".place-row")).to_have_count(24)
    keys.into_the_page()
    keys.write("#list-words", words.town)
    keys.press("Enter")
    expect(page).to_have_url(re.compile(rf"q={words.town}"))
    expect(page.locator(".place-row")).to_have_count(3)
    keys.tick("#sector-homeless")
    if not javascript:
        keys.follow(".filters__apply")
    expect(page.locator(".place-row")).to_have_count(1)

    # Somebody else gets the address.
    shared = open_page(page.url, javascript=javascript, language=language)
    keys = Keyboard(shared)
    expect(shared.locator(".place-row")).to_have_count(1)
    keys.into_the_page()
    keys.follow(".place-row a")
    keys.into_the_page()
    keys.follow(shared.get_by_role("link", name=words.wrong))
    keys.into_the_page()
    keys.choose("[name=reason]", "gone")
    keys.send(SUBMIT)
    expect(shared.locator("main strong")).to_have_text(re.compile(r"^[A-Z0-9]{8}$"))
    expect(shared.locator("main")).to_contain_text(re.compile(words.reference, re.IGNORECASE))


@three_languages
def test_propose_moderate_publish_and_confirm_by_mail(open_page: OpenPage, site: Served, language: str, javascript: bool) -> None:
    """From a stranger's proposal to the service's own 'still right'."""
    words = WORDS[language]
    mark = f"{language}-{'js' if javascript else 'plain'}"
    name, sender, service = f"Maison des Hêtres {mark}", f"voisin.{mark}@example.org", f"accueil@hetres-{mark}.example.org"
    page = open_page(words.propose, javascript=javascript, phone=True, language=language)
    propose(page, words, name=name, sender=sender, service=service)
    mail = wait_for_mail(site.folder, sender)
    assert name in text_of(mail)
    press_the_button_of(page, next(link for link in links_of(mail) if words.confirm in link))
    expect(page.locator("main")).to_contain_text(re.compile(words.reference, re.IGNORECASE))

    accept(open_page("/account/login/?next=/admin/map/queue/", javascript=javascript, language=language), words, name=name)
    answer = wait_for_mail(site.folder, sender, number=2)
    page.goto(next(link for link in links_of(answer) if words.place in link))
    expect(page.locator("h1")).to_have_text(name)
    keys = Keyboard(page)
    keys.into_the_page()
    keys.follow(page.get_by_role("link", name=words.ours))
    keys.into_the_page()
    keys.follow(SUBMIT)
    own = wait_for_mail(site.folder, service)
    press_the_button_of(page, next(link for link in links_of(own) if words.confirm_current in link))
    expect(page.locator(".notice--success")).to_be_visible()


def propose(page: Page, words: Words, *, name: str, sender: str, service: str) -> None:
    """The form, at first with the address of a person, which it refuses."""
    keys = Keyboard(page)
    keys.into_the_page()
    keys.write("[name=name_fr]", name)
    keys.choose("[name=sector]", "homeless")
    keys.tick("[name=practices][value=volunteer]")
    keys.tick("[name=languages][value=fr]")
    keys.write("[name=municipality]", "1080 Sint-Jans-Molenbeek")
    keys.write("[name=service_email]", "jeanne.dupont@hetres.example.org")
    keys.write("[name=email]", sender)
    keys.tab_to("[name=proposer][value=service]")
    keys.press("ArrowDown")  # to the second answer: a visitor
    keys.follow(SUBMIT)
    expect(page.locator(".error-summary")).to_contain_text(words.is_a_person)
    keys.follow(".error-summary a")
    expect(page.locator("[name=service_email]")).to_be_focused()
    keys.type_over(service)
    keys.send(SUBMIT)


def press_the_button_of(page: Page, link: str) -> None:
    """A mailed link shows; its button acts."""
    page.goto(link)
    keys = Keyboard(page)
    keys.into_the_page()
    keys.follow(SUBMIT)


def accept(page: Page, words: Words, *, name: str) -> None:
    """The map editor logs in, opens the proposal and puts it on the map."""
    keys = Keyboard(page)
    keys.write("[name=login]", "carte@example.org")
    keys.write("[name=password]", "smes-demo-smes-demo")
    keys.follow(SUBMIT)
    for target in (page.get_by_role("link", name=name), page.get_by_role("link", name=words.accept, exact=True)):
        keys.into_the_page()
        keys.follow(target.first)
    keys.into_the_page()
    keys.write("[name=note]", "Merci !")
    keys.follow("form[method=post] [type=submit]")
