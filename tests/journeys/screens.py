"""The screens of our back-office, found by following its links as an administrator does, with the data of the demo. Nothing is listed: a
screen of a later app is seen by itself. Actions are seen on their confirm pages, which only ask.

Two test modules share them, so that two processes can look at the same time.
"""

import os
import re
from collections import Counter, deque
from collections.abc import Set

from playwright.sync_api import APIRequestContext, Page, ViewportSize, expect

from tests.crawl.endpoints import all_endpoints
from tests.journeys.axe import AT_REST, COLOUR_RULES, run_axe
from tests.journeys.conftest import DESKTOP
from tests.journeys.steps import go, log_in
from tests.journeys.test_accessible_newsletter import OUR_PART

EVERY_SCREEN_IN_THE_DARK = bool(os.environ.get("CRAWL_ALL_PAGES"))  # `make crawl`
SMALL: ViewportSize = {"width": 320, "height": 740}

LINK = re.compile(r'href="(/admin/[^"#?]*)')
KEY = re.compile(r"/(?:[0-9]+|fr|nl|en)(?=/)")
# Wagtail draws these from a list of fields; one of each shows how.
GENERIC = re.compile(r".*/(delete|history|usage)/\*/$")
# A row in another status offers other actions.
ROWS_OF_A_KIND = 4
# Files and streams. The newsletter's issues are seen in every status by tests of their own; wagtail-localize draws its own editor.
NO_SCREEN = re.compile(r"\.(pdf|png|csv|xlsx)$|/results/$|/newsletter/issues/|/progress/$|/download/|/sitetexts/edit/")
# Fields and buttons that stand beside the window of a small phone, where nobody reaches them. Wagtail's panels wait there to be opened,
# and a table may scroll within its own frame.
BESIDE = """() => [...document.querySelectorAll("main :is(input, select, textarea, button, a.button)")]
  .filter(each => each.checkVisibility({ visibilityProperty: true }) && !each.closest(".form-side, footer, div:has(> table.listing)"))
  .filter(each => { const box = each.getBoundingClientRect(); return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1); })
  .map(each => each.outerHTML.slice(0, 160))"""


def kind_of(path: str) -> str:
    """`/admin/map/places/12/publish/` is one kind with all places."""
    kind = KEY.sub("/*", path)
    return GENERIC.sub(r"\1", kind)


def screens(request: APIRequestContext, packages: Set[str]) -> dict[str, str]:
    """Shape: {kind: path}, one screen of each kind that links lead to, from the listings and forms that need no row."""
    ours = [each for each in all_endpoints() if each.package in packages and each.path.startswith("/admin/")]
    kinds = {kind_of(each.path) for each in ours}
    waiting = deque(each.path for each in ours if not each.has_key and not NO_SCREEN.search(each.path))
    met, found = set(waiting), {}
    looked_at: Counter[str] = Counter()
    while waiting:
        path = waiting.popleft()
        answer = request.get(path, max_redirects=0)
        if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
            continue
        found.setdefault(kind_of(path), path)
        for link in LINK.findall(answer.text()):
            if link not in met and kind_of(link) in kinds and not NO_SCREEN.search(link) and looked_at[kind_of(link)] < ROWS_OF_A_KIND:
                met.add(link)
                looked_at[kind_of(link)] += 1
                waiting.append(link)
    return found


def faults_on_screens(page: Page, packages: Set[str]) -> dict[str, dict[str, list[str]]]:
    """What axe finds on each screen of these packages, and what is cut on a phone. `page` shows the log-in."""
    log_in(page, "admin@example.org")
    found = screens(page.request, packages)
    assert len(found) > 60
    wrong = {}
    for number, path in enumerate(found.values()):
        page.set_viewport_size(SMALL)  # before it is opened: Wagtail's menu moves aside by a script
        go(page, path)
        faults = faults_when_small(page)
        if EVERY_SCREEN_IN_THE_DARK or number % 6 == 0:
            faults |= faults_in_the_dark(page)
        if faults:
            wrong[path] = faults
    return wrong


def faults_when_small(page: Page) -> dict[str, list[str]]:
    """What stands beside the window of a small phone, and what axe finds there in light. How our part of a screen changes with its width
    is seen on the newsletter's screens, by all rules at both sizes.
    """
    expect(page.locator("main")).to_be_visible()
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate(AT_REST)  # Wagtail's messages fade in
    found = {"phone, light": run_axe(page, OUR_PART), "cut": page.evaluate(BESIDE)}
    width = page.evaluate("document.documentElement.scrollWidth")
    found["wide"] = [str(width)] if width > SMALL["width"] else []
    return {name: faults for name, faults in found.items() if faults}


def faults_in_the_dark(page: Page) -> dict[str, list[str]]:
    """What axe finds in the colours of a desktop in the dark. They are those of one style sheet: `make test` looks at each sixth screen."""
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.evaluate(AT_REST)
    found = run_axe(page, OUR_PART, {"runOnly": {"type": "rule", "values": COLOUR_RULES}})
    return {"desktop, dark": found} if found else {}
