"""Public pages in a real browser: no break of the policy, no error of a script, no request to another site, no cookie without a form.

`open_page` watches the console and the requests; test_crawl.py reads every page as a robot does. Pages of one type are drawn by one
template, so one of each is shown here, in each language. `make crawl` shows all of them.
"""

import os
from collections.abc import Iterable
from urllib.parse import urlsplit
from xml.etree import ElementTree

import httpx
import pytest

from tests.journeys.conftest import OpenPage
from tests.journeys.page_types import Rows, one_of_each_type
from tests.journeys.steps import go
from tests.serving import Served

pytestmark = pytest.mark.browser
LANGUAGES = ("fr", "nl", "en")


def show(open_page: OpenPage, paths: Iterable[str]) -> None:
    page, with_cookie = open_page("/fr/"), []
    for path in paths:
        go(page, path)
        if page.context.cookies() and not page.locator("form[method=post]").count():
            with_cookie.append(path)
        page.context.clear_cookies()
    assert with_cookie == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_each_type(open_page: OpenPage, rows: Rows, language: str) -> None:
    paths = one_of_each_type(rows, language)
    assert len(paths) >= 15
    show(open_page, paths.values())


@pytest.mark.skipif(not os.environ.get("CRAWL_ALL_PAGES"), reason="takes minutes: make crawl")
def test_every_public_page_in_three_languages(open_page: OpenPage, site: Served) -> None:
    tree = ElementTree.fromstring(httpx.get(f"{site.url}/sitemap.xml", timeout=60).content)
    paths = [urlsplit(str(element.text)).path for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert {path.split("/")[1] for path in paths} == set(LANGUAGES)
    assert len(paths) > 240
    show(open_page, paths)
