"""axe on the newsletter: our part of its back-office (`main`: the side bar is Wagtail's) and what readers meet."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from playwright.sync_api import Page, Route, expect

from demo.builders.people import PASSWORD
from tests.journeys.axe import AT_REST, FOUR_LOOKS, TWO_LOOKS, faults
from tests.journeys.conftest import PHONE, OpenPage
from tests.journeys.post import links_of, wait_for_mail
from tests.journeys.test_accessible import go
from tests.serving import Served

pytestmark = pytest.mark.browser
Rows = Callable[[str], list[tuple[object, ...]]]
# Wagtail's own, on every listing and in every editor: the number of rows found is a heading with the role of an alert, and the map of a
# long form is a list that scrolls without a focus where it has nothing to show.
OUR_PART = {"include": ["main"], "exclude": ["h2[role=alert]", ".w-minimap"]}


def own_faults(page: Page) -> dict[str, list[str]]:
    """What axe finds in our part of a page of the admin; a page wider than a small phone is a fault as well."""
    expect(page.locator("main")).to_be_visible()
    page.evaluate(AT_REST)  # Wagtail's messages fade in
    found = faults(page, OUR_PART, TWO_LOOKS)
    page.set_viewport_size({"width": 320, "height": PHONE["height"]})
    width = page.evaluate("document.documentElement.scrollWidth")
    return found | ({"wide": [str(width)]} if width > 320 else {})


@pytest.fixture
def rows(site: Served, site_database: str) -> Iterator[Rows]:
    """Asks the served database; commands answer with nothing."""
    with psycopg.connect(site_database, autocommit=True) as connection:

        def ask(query: str) -> list[tuple[object, ...]]:
            cursor = connection.execute(query)
            return cursor.fetchall() if cursor.description else []

        yield ask


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    """The officer at her desk, in French."""
    page = open_page("/account/login/?next=/admin/newsletter/issues/")
    page.locator("[name=login]").fill("communication@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/admin/newsletter/issues/")
    return page


def look_at(page: Page, addresses: dict[str, str]) -> dict[str, dict[str, list[str]]]:
    """Shape: {name: faults}, of the pages that have some."""
    wrong = {}
    for name, address in addresses.items():
        go(page, address)
        if found := own_faults(page):
            wrong[name] = found
    return wrong


def test_axe_finds_nothing_from_the_plan_to_the_last_page(desk: Page, rows: Rows) -> None:
    draft = rows("select id from newsletter_issue where status = 'draft' order by number limit 1")[0][0]
    words = rows(f"select page_ptr_id from newsletter_issuepage where issue_id = {draft} limit 1")[0][0]
    below = f"/admin/newsletter/issues/{draft}"
    wrong = look_at(
        desk,
        {
            "issues": "/admin/newsletter/issues/",
            "plan": "/admin/newsletter/issues/plan/",
            "assemble": f"{below}/assemble/",
            "editor": f"/admin/pages/{words}/edit/",
            "preview": f"{below}/preview/fr/",
            "test": f"{below}/test/",
            "send": f"{below}/send/",
            "social": f"{below}/social/",
            "draft": f"/admin/newsletter/issues/inspect/{draft}/",
        },
    )
    go(desk, f"{below}/assemble/")
    desk.locator(".pick summary").first.click()
    wrong["words to shorten"] = own_faults(desk)
    assert desk.locator(".pick__words").first.evaluate("box => box.scrollWidth <= box.clientWidth"), "the words lie over one another"
    go(desk, f"/admin/newsletter/issues/inspect/{draft}/")
    desk.locator("form[action$='/checks/'] button").click()
    desk.wait_for_url("**#checks", timeout=60_000)
    wrong["checked"] = own_faults(desk)
    overrule = desk.locator(".desk__findings a[href*='/overrule/']")
    if overrule.count():
        with desk.expect_navigation():
            overrule.first.click()
        wrong["overrule"] = own_faults(desk)
        with desk.expect_navigation():
            desk.locator("main form button[type=submit]").click()
        wrong["overrule without a reason"] = own_faults(desk)
    for name in ("assemble", "test", "send"):
        go(desk, f"{below}/{name}/")
        for field in desk.locator("main form input[name=languages]").all():
            field.uncheck()
        if desk.locator("[name=addresses]").count():
            desk.locator("[name=addresses]").fill("nobody")
        if desk.locator("[name=send_at]").count():
            desk.locator("[name=send_at]").fill("2020-01-01 10:00")
        with desk.expect_navigation():
            desk.locator("main form button[type=submit]").last.press("Enter")
        wrong[f"{name}, wrongly filled in"] = own_faults(desk)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_axe_finds_nothing_while_it_is_sent_and_afterwards(desk: Page, rows: Rows) -> None:
    """The desk in every status; the buttons that stop, go on, and send to the rest."""
    number = rows("select id from newsletter_issue where status = 'sent' order by number limit 1")[0][0]
    below = f"/admin/newsletter/issues/{number}"
    wrong = look_at(desk, {"sent": f"/admin/newsletter/issues/inspect/{number}/", "rest": f"{below}/rest/"})
    steps = {
        "paused": ("status = 'paused', trouble = '535 Authentication failed'", ("resume", "stop")),
        "sending": ("status = 'sending', trouble = ''", ("pause",)),
        "awaiting": ("status = 'awaiting'", ("approve", "call-off")),
        "scheduled": ("status = 'scheduled', send_at = '2099-01-01'", ()),
        "cancelled": ("status = 'cancelled', send_at = null", ()),
    }
    # Paused deliveries that nobody may take: the worker of the demo is awake.
    rows(f"update newsletter_delivery set status = 'waiting', next_try_at = '2099-01-01' where issue_id = {number} and id % 2 = 0")
    try:
        for status, (change, buttons) in steps.items():
            rows(f"update newsletter_issue set {change} where id = {number}")
            addresses = {status: f"/admin/newsletter/issues/inspect/{number}/"}
            wrong |= look_at(desk, addresses | {f"{status}, {name}": f"{below}/{name}/" for name in buttons})
    finally:
        rows(f"update newsletter_delivery set status = 'accepted' where issue_id = {number} and status = 'waiting'")
        rows(f"update newsletter_issue set status = 'sent', trouble = '', send_at = null where id = {number}")
    assert wrong == {}


def test_axe_finds_nothing_among_the_readers(desk: Page, rows: Rows) -> None:
    reader = rows("select id from newsletter_subscriber where status = 'subscribed' order by id limit 1")[0][0]
    bounced = rows("select id from newsletter_subscriber where status = 'bounced' order by id limit 1")[0][0]
    wrong = look_at(
        desk,
        {
            "readers": "/admin/newsletter/readers/",
            "readers, filtered": "/admin/newsletter/readers/?status=subscribed&q=example",
            "readers, none": "/admin/newsletter/readers/?q=zzzz",
            "reader": f"/admin/newsletter/readers/inspect/{reader}/",
            "reader whose mails came back": f"/admin/newsletter/readers/inspect/{bounced}/",
            "unsubscribe": f"/admin/newsletter/readers/{reader}/unsubscribe/",
            "erase": f"/admin/newsletter/readers/{reader}/erase/",
            "reinstate": f"/admin/newsletter/readers/{bounced}/reinstate/",
            "bounces": "/admin/newsletter/bounces/",
            "growth": "/admin/newsletter/growth/",
            "imports": "/admin/newsletter/imports/",
        },
    )
    assert wrong == {}


def test_axe_finds_nothing_from_a_file_to_its_readers(desk: Page, rows: Rows) -> None:
    """The form, sent empty, the dry run, what became of each line, the two buttons, and both ends."""
    wrong = {}
    for name, button in (("kept", "begin"), ("forgotten", "cancel")):
        go(desk, "/admin/newsletter/imports/new/")
        wrong[f"{name}: form"] = own_faults(desk)
        with desk.expect_navigation():
            desk.locator("main form button[type=submit]").last.click()
        wrong[f"{name}: sent empty"] = own_faults(desk)
        lines = f"e-mail;langue\naxe.{name}@example.org;nl\naxe.{name}@example.org;fr\nnobody;fr\n"
        desk.locator("[name=file]").set_input_files({"name": f"{name}.csv", "mimeType": "text/csv", "buffer": lines.encode()})
        desk.locator("[name=source]").fill("La feuille de la matinée d’étude")
        desk.locator("[name=agreed_on]").fill("2026-03-12")
        desk.locator("main form button[type=submit]").last.press("Enter")
        # The page looks again by itself until the worker has looked at every line.
        door = desk.locator(f"main a[href$='/{button}/']")
        expect(door).to_be_visible(timeout=30_000)
        address = desk.url
        wrong[f"{name}: looked at"] = own_faults(desk)
        go(desk, address.replace("inspect/", "") + "lines/")
        wrong[f"{name}: lines"] = own_faults(desk)
        go(desk, address)
        with desk.expect_navigation():
            door.click()
        wrong[f"{name}: button"] = own_faults(desk)
        with desk.expect_navigation():
            desk.locator("main form button[type=submit]").first.click()
        expect(desk.locator("main progress")).to_have_count(0, timeout=30_000)
        wrong[f"{name}: end"] = own_faults(desk)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_axe_finds_nothing_while_a_file_is_read(desk: Page, rows: Rows) -> None:
    number = rows("select max(id) from newsletter_readerimport")[0][0]
    rows(f"update newsletter_readerimport set status = 'running', done = 1 where id = {number}")
    desk.route("**/imports/inspect/**", stay)
    go(desk, f"/admin/newsletter/imports/inspect/{number}/")
    expect(desk.locator("main progress")).to_be_visible()
    assert own_faults(desk) == {}
    rows(f"update newsletter_readerimport set status = 'cancelled' where id = {number}")


def stay(route: Route) -> None:
    """The page looks again every two seconds, in the middle of axe's work: not here."""
    answer = route.fetch()
    route.fulfill(response=answer, headers={name: value for name, value in answer.headers.items() if name != "refresh"})


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_axe_finds_nothing_in_what_readers_meet(open_page: OpenPage, site: Served, rows: Rows, language: str) -> None:
    """The archive, the form, the form sent empty, and every page behind the links of its mail."""
    looks = FOUR_LOOKS if language == "fr" else TWO_LOOKS
    address = f"axe-all.{language}@example.org"
    archive = rows(
        "select substring(p.url_path from '/[^/]+(/.*)') from wagtailcore_page p join newsletter_newsletterindexpage n "
        f"on n.page_ptr_id = p.id join wagtailcore_locale l on l.id = p.locale_id where l.language_code = '{language}'"
    )[0][0]
    page = open_page(f"/{language}{archive}", language=language)
    wrong = {"archive": faults(page, looks=looks)}
    page.locator(".issue-archive a").first.click()
    wrong["issue"] = faults(page, looks=looks)
    go(page, f"/{language}{archive}")
    page.wait_for_timeout(2100)
    page.locator(".newsletter-form .button--primary").click()
    expect(page.locator(".error-summary")).to_be_focused()
    wrong["sent empty"] = faults(page, looks=looks)
    page.locator("main [name=email]").fill(address)
    page.wait_for_timeout(2100)
    page.locator(".newsletter-form .button--primary").click()
    wrong["asked"] = faults(page, looks=looks)
    link = next(each for each in links_of(wait_for_mail(site.folder, address)) if "/n/c/" in each)
    go(page, link)
    wrong["confirm"] = faults(page, looks=looks)
    page.locator("main button").click()
    wrong["confirmed"] = faults(page, looks=looks)
    page.locator("main .button").click()
    wrong["preferences"] = faults(page, looks=looks)
    mine = page.url.partition("?")[0]
    page.evaluate("document.querySelector('[name=language]:checked').value = 'xx'")
    page.locator(".newsletter-form .button--primary").click()
    expect(page.locator(".error-summary")).to_be_visible()
    wrong["preferences, wrong"] = faults(page, looks=looks)
    for name, path in {"erase": f"{mine}erase/", "leave": mine.replace("/n/p/", "/n/u/")}.items():
        go(page, path)
        wrong[name] = faults(page, looks=looks)
    page.locator("main form button").click()
    wrong["left"] = faults(page, looks=looks)
    for name, path, status in (("a key nobody holds", f"/n/p/{'x' * 22}/", 410), ("a link too old", f"/n/c/{'x' * 22}/", 410)):
        go(page, f"{path}?language={language}", status)
        wrong[name] = faults(page, looks=looks)
    assert {name: found for name, found in wrong.items() if found} == {}
