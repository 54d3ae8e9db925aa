"""What the eye of a person would stumble over, measured: parts of pages on a phone, on paper, in the back-office and in a mail."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from newsletter.compose.content import Section
from newsletter.compose.previews import new_token_placeholder
from newsletter.compose.rendering import render_content
from tests.journeys.axe import AT_REST
from tests.journeys.conftest import DESKTOP, PHONE, OpenPage
from tests.journeys.page_types import Rows, one_of_each_type
from tests.journeys.steps import log_in
from tests.newsletter.issues import FRAME, issue_content
from tests.trainings.factories import EnrolmentFactory

pytestmark = pytest.mark.browser

# Adds rules as the browser's tools do: the policy of our pages allows no inline style.
ADD_RULE = "rule => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rule); document.adoptedStyleSheets = [sheet]; }"
# Parts that a link or a script leads to, so high that a frame around them tells nobody anything.
FRAMED = """() => [...document.querySelectorAll('main[tabindex="-1"], main [tabindex="-1"]')]
  .filter(each => { each.focus(); return each.offsetHeight > innerHeight && getComputedStyle(each).outlineStyle !== "none"; })
  .map(each => each.id || each.tagName)"""
BULLETS = """() => [...document.querySelectorAll("li:has(> .button, > button, > form > button)")]
  .filter(each => each.checkVisibility() && getComputedStyle(each).display === "list-item")
  .filter(each => getComputedStyle(each).listStyleType !== "none")
  .map(each => each.outerHTML.slice(0, 160))"""
FILLED = """() => [...document.querySelectorAll(":is(.button, button) .icon")]
  .filter(each => each.checkVisibility() && Math.max(each.getBoundingClientRect().width, each.getBoundingClientRect().height) > 32)
  .map(each => each.parentElement.outerHTML.slice(0, 160))"""
ON_PAPER = """() => [...document.querySelectorAll("nav, footer, button, .button, form, .skip-link, .breadcrumbs, dialog")]
  .filter(each => each.checkVisibility() && each.offsetHeight > 1 && each.innerText.trim()).map(each => each.outerHTML.slice(0, 160))"""
# Boxes that share ground: the words of a page, and the button that opens the menu on a phone.
COVERED = """() => {
  const button = document.querySelector(".sidebar-nav-toggle--mobile").getBoundingClientRect();
  const words = [...document.querySelectorAll(".messages li, .w-breadcrumbs a, main h2, main td, main dt, main dd, main a")];
  return words.filter(each => each.checkVisibility() && each.innerText.trim()).filter(each => {
    const range = document.createRange();
    range.selectNodeContents(each);
    return [...range.getClientRects()].some(box => box.width > 1 && box.left < button.right - 1 && button.left < box.right - 1
      && box.top < button.bottom - 1 && button.top < box.bottom - 1);
  }).map(each => each.innerText.trim().slice(0, 60));
}"""
TOP_OF_MENU = "() => document.querySelector('.sidebar-nav-toggle--mobile').getBoundingClientRect().top"
# From the last words above the coloured band of the trainings to the band.
BAND = """() => {
  const band = [...document.querySelectorAll(".tint")].map(each => each.getBoundingClientRect())[0];
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.textContent.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    boxes.push(...[...range.getClientRects()].filter(box => box.height > 1));
  }
  return Math.min(...boxes.filter(box => box.bottom <= band.top + 1).map(box => band.top - box.bottom));
}"""


def test_no_frame_stands_around_a_whole_page_of_hits(open_page: OpenPage) -> None:
    for path in ("/fr/formations/", "/fr/publications/"):
        page = open_page(path, phone=True)
        assert page.evaluate(FRAMED) == []
    page.evaluate(ADD_RULE, "#results:focus { outline: 3px solid !important; }")
    assert page.evaluate(FRAMED) == ["results"], "the control: the frame would be seen"


def test_filters_on_a_phone_hold_the_page_behind_and_lead_to_the_first_hit(open_page: OpenPage) -> None:
    page = open_page("/fr/formations/", phone=True)
    page.locator(".filters__toggle").click()
    page.mouse.move(PHONE["width"] / 2, PHONE["height"] / 2)
    page.mouse.wheel(0, 3000)
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") == 0
    apply = page.locator(".filters__apply")
    before = apply.inner_text()
    page.locator(".filters__panel [type=checkbox]").nth(1).check(force=True)
    expect(apply).not_to_have_text(before)
    count = int("".join(filter(str.isdigit, apply.inner_text())))
    apply.click()
    expect(page.locator("#results")).to_be_focused()
    expect(page.locator("#results")).to_contain_text(str(count))
    assert -5 <= page.evaluate("document.querySelector('#results').getBoundingClientRect().top") < PHONE["height"] / 2


def test_answers_go_along_to_another_language(open_page: OpenPage) -> None:
    page = open_page("/fr/contact/")
    page.locator("main [name=message]").fill("Bonjour, une question.")
    page.locator("[data-smes-languages] a[lang=nl]").click()
    expect(page).to_have_url(re.compile("/nl/"))
    expect(page.locator("main [name=message]")).to_have_value("Bonjour, une question.")
    page.reload()
    expect(page.locator("main [name=message]")).to_have_value("")


def test_no_bullet_stands_before_a_button_and_no_icon_fills_one(open_page: OpenPage, rows: Rows) -> None:
    page = open_page("/account/login/", phone=True)
    wrong = {}
    for path in ["/account/login/", "/mailbox/", *one_of_each_type(rows, "fr").values()]:
        page.goto(path)
        if faults := page.evaluate(BULLETS) + page.evaluate(FILLED):
            wrong[path] = faults
    assert wrong == {}


def test_fields_to_log_in_have_one_width(open_page: OpenPage) -> None:
    page = open_page("/account/login/")
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        boxes = [box for each in page.locator("main form input:not([type=hidden], [type=checkbox])").all() if (box := each.bounding_box())]
        assert len(boxes) == 2
        assert len({(box["x"], box["width"]) for box in boxes}) == 1


def test_a_mail_of_the_local_mailbox_is_as_wide_as_its_page_and_shows_its_pictures(open_page: OpenPage) -> None:
    page = open_page("/mailbox/")
    page.locator("main a[href^='/mailbox/']").first.click()
    frame = page.locator(".letter-frame")
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert frame.evaluate("each => each.offsetWidth === each.parentElement.clientWidth")
    assert frame.bounding_box()["width"] > 600  # type: ignore[index]


@pytest.mark.parametrize(
    ("path", "taken_along"),
    [
        ("/fr/formations/overdose/", "1030"),
        ("/fr/publications/connect-5-animaux-et-logement/", "2024"),
        ("/fr/contact/", "1030 Schaerbeek"),
    ],
    ids=["module", "publication", "contact"],
)
def test_paper_shows_what_a_person_takes_along_and_nothing_else(open_page: OpenPage, path: str, taken_along: str) -> None:
    page = open_page(path)
    assert page.evaluate(ON_PAPER), "the control: menu and buttons are on the screen"
    page.emulate_media(media="print")
    assert page.evaluate(ON_PAPER) == []
    folded = page.evaluate(
        "[...document.querySelectorAll('main details')].filter(each => each.querySelector('summary ~ *')?.offsetHeight === 0).length"
    )
    assert folded == 0
    expect(page.locator("main")).to_contain_text(taken_along)


def test_a_message_does_not_push_the_button_of_the_menu_onto_an_entry(enter: Callable[..., Page]) -> None:
    enrolment = EnrolmentFactory(participant__email="ana@gmial.com", session__module__name="Un titre de travail assez long")
    page = enter("Coordinator", "fr", phone=True)
    page.goto(f"/admin/trainings/enrolments/inspect/{enrolment.pk}/")
    page.locator("a[href$='/email/']").click()
    page.locator("[name=email]").fill("ana.maria.van.den.eynde.de.la.fontaine@gmail.com")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".messages")).to_be_visible()
    page.evaluate(AT_REST)
    assert page.evaluate(COVERED) == []
    assert page.evaluate(TOP_OF_MENU) == 0
    page.evaluate("[...document.styleSheets].find(each => each.href?.includes('admin-forms')).disabled = true")
    page.evaluate(AT_REST)
    assert page.evaluate(TOP_OF_MENU) > 40, "the control: Wagtail puts it below one line of the message"


@pytest.mark.parametrize("width", [375, 720])
def test_words_of_a_newsletter_keep_away_from_the_coloured_band(browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.route("**/*", lambda route: route.abort())
    (first,) = issue_content().sections
    text = Section(kind="text", title="", html="<p>Un mot de la rédaction, sans titre.</p>")
    trainings = Section(kind="trainings", title="Formations", items=first.items)
    content = issue_content(sections=(first, text, trainings, first))
    page.set_content(render_content(content, FRAME, new_token_placeholder()).html)
    assert page.evaluate(BAND) >= 24
    page.close()


def test_the_tabs_of_the_back_office_name_the_site(open_page: OpenPage) -> None:
    page = open_page("/account/login/?next=/admin/", phone=True)
    log_in(page, "admin@example.org")
    for path in ("/admin/", "/admin/pages/", "/admin/trainings/sessions/", "/admin/users/", "/admin/reports/"):
        page.goto(path)
        assert page.title().endswith("Smes")
        assert "Wagtail" not in page.title()
