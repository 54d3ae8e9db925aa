"""A coordinator makes a new module and brings it to readers of three languages, from the screen of the module."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.page_types import Rows
from tests.journeys.steps import log_in

pytestmark = pytest.mark.browser

TITLES = {"fr": "Accueillir sans rendez-vous", "nl": "Onthalen zonder afspraak", "en": "Welcoming without an appointment"}
INTROS = {"fr": "Une journée pour les équipes d’accueil.", "nl": "Een dag voor onthaalteams.", "en": "A day for reception teams."}
NEXT = ".smes-next > a.button"
# The editor of translations is wagtail-localize's, which takes JavaScript and has words of its own.
EDITOR = {"fr": ("Traduire", "Enregistrer"), "nl": ("Vertaal", "Opslaan")}


@pytest.fixture
def no_module_is_left(rows: Rows) -> Iterator[None]:
    yield
    titles = ", ".join(f"'{title}'" for title in TITLES.values())
    rows(f"UPDATE wagtailcore_page SET live = false WHERE title IN ({titles})")


def press_next(page: Page, words: str) -> None:
    """The step that stands out on the screen of the module; where it asks, it is confirmed."""
    expect(page.locator(NEXT)).to_contain_text(words)
    page.locator(NEXT).click()


def confirm(page: Page) -> None:
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".messages")).to_be_visible()


def translate(page: Page, language: str, buttons: tuple[str, str]) -> None:
    """In the editor of translations, the two pieces of text that lack words."""
    begin, save = buttons
    for words in (TITLES[language], INTROS[language]):
        page.get_by_role("button", name=begin, exact=True).first.click()
        page.locator("main textarea:visible").fill(words)
        with page.expect_response(re.compile(r"/strings/\d+/edit/")):
            page.get_by_role("button", name=save, exact=True).click()
        expect(page.locator("main textarea:visible")).to_have_count(0)


@pytest.fixture(params=sorted(EDITOR))
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Of the coordinator."""
    with translation.override(request.param):
        yield request.param


@pytest.mark.usefixtures("no_module_is_left")
def test_a_new_module_reaches_three_languages(open_page: OpenPage, language: str) -> None:
    page = open_page("/account/login/?next=/admin/trainings/modules/new/", language=language)
    log_in(page, "coordination@example.org")
    page.locator("[name=number]").fill({"fr": "987", "nl": "986"}[language])
    page.locator("[name=name]").fill(TITLES["fr"])
    page.locator("select[name=theme]").select_option(index=1)
    page.locator("[name=days]").fill("1")
    page.locator("[name=languages][value=fr]").check()
    page.locator("footer button[type=submit], .footer button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/trainings/modules/inspect/\d+/"))
    screen = page.url

    press_next(page, _("Begin the sheet in French"))
    confirm(page)
    page.locator("[name=intro]").fill(INTROS["fr"])
    page.locator("button[name=action-publish]").click()
    expect(page).to_have_url(screen)

    press_next(page, _("Send the French words to be translated"))
    confirm(page)
    for other, name in (("nl", "Dutch"), ("en", "English")):
        lacking = ngettext("%(count)s piece of text to translate", "%(count)s pieces of text to translate", 2) % {"count": 2}
        expect(page.get_by_text(lacking).first).to_be_visible()
        press_next(page, _("Translate into %(language)s") % {"language": _(name)})
        translate(page, other, EDITOR[language])
        page.goto(screen)
        press_next(page, _("Publish in %(language)s") % {"language": _(name)})
        confirm(page)

    expect(page.locator(NEXT)).to_have_count(0)
    links = page.get_by_role("link", name=_("as readers see it"))
    expect(links).to_have_count(3)
    addresses = [urlsplit(str(links.nth(place).get_attribute("href"))).path for place in range(3)]
    for read, address in zip(TITLES, addresses, strict=True):
        public = open_page(address, language=read)
        expect(public.locator("h1")).to_have_text(TITLES[read])
        expect(public.locator("main")).to_contain_text(INTROS[read])
