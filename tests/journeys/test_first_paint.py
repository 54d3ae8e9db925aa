"""The home page is painted with nothing but its HTML, its style sheet and one font."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.serving import Served

FONT = "atkinson-hyperlegible"
IS_PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
TIMEOUT = 8_000  # milliseconds


@contextmanager
def opened_with(browser: Browser, site: Served, *, kinds: set[str]) -> Iterator[Page]:
    """The home page of a new reader; what is not of these kinds never comes."""
    context = browser.new_context()
    page = context.new_page()
    held: list[Route] = []

    def let_pass(route: Route) -> None:
        kind = route.request.resource_type
        if kind in kinds and (kind != "font" or FONT in route.request.url):
            route.continue_()
        else:
            held.append(route)

    page.route("**/*", let_pass)
    page.goto(f"{site.url}/fr/", wait_until="commit")
    try:
        yield page
    finally:
        for route in held:
            route.abort()
        context.close()


def test_html_style_sheet_and_one_font_are_enough(browser: Browser, site: Served) -> None:
    with opened_with(browser, site, kinds={"document", "stylesheet", "font"}) as page:
        page.wait_for_function(IS_PAINTED, timeout=TIMEOUT)
        assert page.locator("h1").bounding_box()


def test_control_without_the_style_sheet_nothing_is_painted(browser: Browser, site: Served) -> None:
    with opened_with(browser, site, kinds={"document", "font"}) as page, pytest.raises(Exception, match="Timeout"):
        page.wait_for_function(IS_PAINTED, timeout=1_000)
