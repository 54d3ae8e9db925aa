"""An editor translates a piece of news, half first, then whole: readers of Dutch and their newsletter meet it only then.

It comes before test_issue.py, which sends the demo's one draft of an issue, and leaves no news there.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.page_types import Rows
from tests.journeys.steps import log_in

pytestmark = pytest.mark.browser

FRENCH_INDEX = """
    SELECT page.id FROM home_newsindexpage AS news JOIN wagtailcore_page AS page ON page.id = news.page_ptr_id
    JOIN wagtailcore_locale AS locale ON locale.id = page.locale_id WHERE locale.language_code = 'fr'
"""
FRENCH, DUTCH = "Un appel à projets", "Een projectoproep"


@pytest.fixture
def no_news_is_left(rows: Rows) -> Iterator[None]:
    yield
    rows(f"UPDATE wagtailcore_page SET live = false WHERE title IN ('{FRENCH}', '{DUTCH}')")


def write_news(page: Page, index: str) -> None:
    page.goto(f"/admin/pages/add/home/newspage/{index}/")
    page.locator("[name=title]").fill(FRENCH)
    page.locator("[name=intro]").fill("Trois équipes reçoivent une aide.")
    page.locator("[name=date]").fill("2026-11-30")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text(re.compile(f"{FRENCH}.* published"))).to_be_visible()


def translate_next(page: Page, words: str) -> None:
    """Gives the first segment that lacks words its own, in the editor of translations."""
    page.get_by_role("button", name="Translate", exact=True).first.click()
    page.locator("main textarea:visible").fill(words)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main textarea:visible")).to_have_count(0)


def publish_in_dutch(page: Page) -> None:
    page.get_by_role("button", name="Publish in Nederlands").click()


def shows_in_dutch(open_page: OpenPage) -> bool:
    """In the list, with French or Dutch words."""
    titles = open_page("/nl/nieuws/", language="nl").locator("main").inner_text()
    return FRENCH in titles or DUTCH in titles


def languages_in_newsletter(open_page: OpenPage) -> list[str]:
    """Those the communication officer is told of when she assembles the next issue."""
    page = open_page("/account/login/?next=/admin/newsletter/issues/", language="en")
    log_in(page, "communication@example.org")
    page.get_by_role("link", name=re.compile("No. 95")).first.click()
    page.get_by_role("link", name="Add from the site").click()
    return re.findall(
        r"\b(?:FR|NL|EN)\b", page.locator(".pick", has_text=re.compile(f"{FRENCH}|{DUTCH}")).locator(".pick__about").inner_text()
    )


@pytest.mark.usefixtures("no_news_is_left")
def test_half_then_whole(open_page: OpenPage, rows: Rows) -> None:
    page = open_page("/account/login/?next=/admin/", language="en")
    log_in(page, "redaction@example.org")
    write_news(page, rows(FRENCH_INDEX)[0][0])

    (source,) = rows(f"SELECT id FROM wagtailcore_page WHERE title = '{FRENCH}'")
    page.goto(f"/admin/localize/submit/page/{source[0]}/")
    page.get_by_label("Nederlands").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("button", name="Translate", exact=True).first).to_be_visible()
    assert not shows_in_dutch(open_page), "a new translation is a draft"

    translate_next(page, DUTCH)
    publish_in_dutch(page)
    expect(page.get_by_text("1 piece of text has no words in Dutch yet")).to_be_visible()
    expect(page.get_by_text("Trois équipes reçoivent une aide.")).to_be_visible()
    page.get_by_role("link", name="Go back").click()
    assert not shows_in_dutch(open_page)
    assert languages_in_newsletter(open_page) == ["FR"]

    translate_next(page, "Drie teams krijgen steun.")
    publish_in_dutch(page)
    expect(page.get_by_text(f"Published '{DUTCH}' in Nederlands.")).to_be_visible()
    assert shows_in_dutch(open_page)
    assert languages_in_newsletter(open_page) == ["FR", "NL"]
