"""Every public page in a real browser: no break of the policy, no error of a script, no request to another site, no cookie without a form.

`open_page` watches the console and the requests; test_crawl.py reads the same pages as a robot does.
"""

from urllib.parse import urlsplit
from xml.etree import ElementTree

import httpx
import pytest

from tests.journeys.conftest import OpenPage
from tests.serving import Served

pytestmark = pytest.mark.browser


def test_every_public_page_in_three_languages(open_page: OpenPage, site: Served) -> None:
    tree = ElementTree.fromstring(httpx.get(f"{site.url}/sitemap.xml", timeout=60).content)
    addresses = [str(element.text) for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert {urlsplit(address).path.split("/")[1] for address in addresses} == {"fr", "nl", "en"}
    page = open_page("/fr/")
    shown, with_cookie = 0, []
    for address in addresses:
        answer = page.goto(urlsplit(address).path, wait_until="load")
        assert answer is not None
        assert answer.ok, address
        shown += 1
        if page.context.cookies() and not page.locator("form[method=post]").count():
            with_cookie.append(address)
        page.context.clear_cookies()
    assert shown == len(addresses) > 240
    assert with_cookie == []
