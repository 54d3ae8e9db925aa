"""Pages in a browser: light, steady, narrow enough, and every Tab stop visible."""

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.journeys.conftest import OpenPage
from tests.journeys.page_types import Rows, one_of_each_type

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/fr/",
    "programme": "/fr/connect/",
    "housing first": "/nl/housing-first/",
    "standard": "/fr/support/",
    "year": "/nl/jaar-2024/",
    "catalogue": "/fr/formations/",
    "catalogue, filtered": "/nl/opleidingen/?theme=drugs&q=risico",
    "catalogue, nothing found": "/en/trainings/?q=zzzz",
    "module": "/fr/formations/overdose/",
    "library": "/fr/publications/",
    "library, a word inside a file": "/nl/publicaties/?q=muilkorf",
    "library, nothing found": "/en/publications/?q=zzzz",
    "publication": "/fr/publications/connect-5-animaux-et-logement/",
    "publication, two editions": "/nl/publicaties/peerhulp-praktijken-en-perspectieven/",
    "publication, reference only": "/en/publications/article-addictions-2024/",
    "publication, withdrawn": "/fr/publications/guide-accueil-2019/",
    "news": "/fr/actualites/",
    "events": "/nl/agenda/",
    "contact": "/fr/contact/",
    "newsletter": "/nl/connect/nieuwsbrief/",
    "newsletter, form": "/en/newsletter/subscribe/",
    "newsletter, an issue": "/fr/connect/newsletter/94-2026-10/",
    "search": "/en/search/?q=housing",
    "search, empty": "/nl/zoeken/",
    "not found": "/fr/cette-page-n-existe-pas/",
    "check a certificate": "/fr/verifier-une-attestation/",
    "log in": "/account/login/",
    "design": "/design/",
}
FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // A card may show the focus of the link it holds.
  const shown = [element, element.closest("li")].filter(Boolean).find(each => getComputedStyle(each).outlineStyle !== "none") || element;
  const style = getComputedStyle(shown);
  return {what: element.outerHTML.slice(0, 120), outline: style.outlineStyle, width: parseFloat(style.outlineWidth)};
}"""
SMALL_PHONE: ViewportSize = {"width": 320, "height": 700}  # the narrowest WCAG 1.4.10 asks for
# The heaviest a page may be: HTML, CSS, scripts and fonts, compressed.
HEAVIEST = 120_000
# Home, and pages that list things: the heaviest their HTML may be, compressed, and the lightest a page with all its content can be.
HEAVIEST_HTML = 10_000
LIGHTEST_HTML = 4_000
INDEX_PAGES = [
    *("/fr/", "/nl/", "/en/"),
    *("/fr/formations/", "/nl/opleidingen/", "/en/trainings/"),
    *("/fr/publications/", "/nl/publicaties/", "/en/connect/newsletter/"),
]


def sizes_of(page: Page, path: str) -> tuple[list[float], float]:
    """Bytes as they travel on a first visit, heads included: of each answer, and of the document alone."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: dict[str, float] = {}
    documents: list[str] = []
    session.on("Network.responseReceived", lambda event: documents.append(event["requestId"]) if event["type"] == "Document" else None)
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert len(documents) == 1, path
    return list(sizes.values()), sizes[documents[0]]


@pytest.mark.parametrize(
    "path",
    [
        "/fr/",
        "/nl/opleidingen/",
        "/fr/formations/overdose/",
        "/en/publications/connect-5-animals-and-housing/",
        "/en/contact/",
        "/fr/annee-2024/",
        "/nl/connect/nieuwsbrief/",
        "/fr/connect/newsletter/94-2026-10/",
    ],
)
def test_pages_are_light(open_page: OpenPage, path: str) -> None:
    sizes, _document = sizes_of(open_page("about:blank"), path)
    assert 4 <= len(sizes) <= 12, f"{len(sizes)} requests"
    assert sum(sizes) <= HEAVIEST, f"{sum(sizes):.0f} bytes"


@pytest.mark.parametrize("path", INDEX_PAGES)
def test_the_html_of_home_and_lists_is_light(open_page: OpenPage, path: str) -> None:
    _sizes, document = sizes_of(open_page("about:blank", javascript=False), path)
    assert LIGHTEST_HTML <= document <= HEAVIEST_HTML, f"{document:.0f} bytes"


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    "path", ["/fr/", "/fr/formations/", "/nl/connect/", "/fr/formations/overdose/", "/fr/publications/", "/en/connect/newsletter/"]
)
def test_nothing_moves_while_a_page_loads(open_page: OpenPage, path: str, phone: bool) -> None:
    page = open_page("about:blank", phone=phone)
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shift += entry.value; })"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") <= 0.02


@pytest.mark.parametrize("path", [*PAGES.values(), "/nl/opleidingen/", "/nl/publicaties/?page=2"])
def test_nothing_is_wider_than_a_small_phone(open_page: OpenPage, path: str) -> None:
    page = open_page("about:blank", phone=True)
    page.set_viewport_size(SMALL_PHONE)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_no_type_of_page_is_wider_than_a_small_phone(open_page: OpenPage, rows: Rows, language: str) -> None:
    """Found in the database: those of later apps included. Dutch has the longest words."""
    page = open_page("about:blank", phone=True)
    page.set_viewport_size(SMALL_PHONE)
    wide = {}
    for path in one_of_each_type(rows, language).values():
        page.goto(path)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[path] = width
    assert wide == {}


@pytest.mark.parametrize("path", ["/fr/", "/fr/formations/", "/fr/formations/overdose/", "/fr/connect/newsletter/"])
def test_every_tab_stop_shows_where_it_is(open_page: OpenPage, path: str) -> None:
    """The first forty stops: each focused element paints an outline."""
    page = open_page(path)
    stops = []
    while len(stops) < 40:
        page.keyboard.press("Tab")
        style = page.evaluate(FOCUSED)
        if style is None:  # past the last one
            break
        stops.append(style["what"])
        assert style["outline"] != "none", style["what"]
        assert style["width"] >= 2, style["what"]
    assert len(set(stops)) >= 20, "the menu, the page and the footer are reached"


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_who_wants_no_motion_gets_none(open_page: OpenPage, motion: str) -> None:
    """From light to dark, where every colour changes: with motion buttons and links fade, without nothing does."""
    page = open_page("/fr/formations/")
    page.emulate_media(color_scheme="light", reduced_motion=motion)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark", reduced_motion=motion)  # type: ignore[arg-type]
    assert bool(page.evaluate("document.getAnimations().length")) == (motion == "no-preference")
