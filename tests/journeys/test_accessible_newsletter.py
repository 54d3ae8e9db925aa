"""axe on the newsletter: our part of its back-office (`main`: the side bar is Wagtail's) and what readers meet."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.axe import AT_REST, TWO_LOOKS, faults
from tests.journeys.conftest import PHONE, OpenPage
from tests.journeys.page_types import Rows
from tests.journeys.post import links_of, wait_for_mail
from tests.journeys.steps import FILLED_IN, go, log_in
from tests.serving import Served

pytestmark = pytest.mark.browser
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
def admin(open_page: OpenPage) -> Page:
    """The admin as the communication officer sees it, in French."""
    page = open_page("/account/login/?next=/admin/newsletter/issues/")
    log_in(page, "communication@example.org")
    return page


def look_at(page: Page, addresses: dict[str, str]) -> dict[str, dict[str, list[str]]]:
    """Shape: {name: faults}, of the pages that have some."""
    wrong = {}
    for name, address in addresses.items():
        go(page, address)
        if found := own_faults(page):
            wrong[name] = found
    return wrong


def test_axe_finds_nothing_from_the_plan_to_the_last_page(admin: Page, rows: Rows) -> None:
    draft = rows("select id from newsletter_issue where status = 'draft' order by number limit 1")[0][0]
    words = rows(f"select page_ptr_id from newsletter_issuepage where issue_id = {draft} limit 1")[0][0]
    below = f"/admin/newsletter/issues/{draft}"
    wrong = look_at(
        admin,
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
    go(admin, f"{below}/assemble/")
    admin.locator(".pick summary").first.click()
    wrong["words to shorten"] = own_faults(admin)
    assert admin.locator(".pick__words").first.evaluate("box => box.scrollWidth <= box.clientWidth"), "the words lie over one another"
    go(admin, f"/admin/newsletter/issues/inspect/{draft}/")
    admin.locator("form[action$='/checks/'] button").click()
    admin.wait_for_url("**#checks", timeout=60_000)
    wrong["checked"] = own_faults(admin)
    override = admin.locator(".issue-admin__findings a[href*='/override/']")
    if override.count():
        with admin.expect_navigation():
            override.first.click()
        wrong["override"] = own_faults(admin)
        with admin.expect_navigation():
            admin.locator("main form button[type=submit]").click()
        wrong["override without a reason"] = own_faults(admin)
    for name in ("assemble", "test", "send"):
        go(admin, f"{below}/{name}/")
        for field in admin.locator("main form input[name=languages]").all():
            field.uncheck()
        if admin.locator("[name=recipients]").count():
            admin.locator("[name=recipients]").fill("nobody")
        if admin.locator("[name=send_at]").count():
            admin.locator("[name=send_at]").fill("2020-01-01 10:00")
        with admin.expect_navigation():
            admin.locator("main form button[type=submit]").last.press("Enter")
        wrong[f"{name}, wrongly filled in"] = own_faults(admin)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_axe_finds_nothing_while_it_is_sent_and_afterwards(admin: Page, rows: Rows) -> None:
    """The page of an issue in every status; the buttons that stop, go on, and send to those who were missed."""
    number = rows("select id from newsletter_issue where status = 'sent' order by number limit 1")[0][0]
    below = f"/admin/newsletter/issues/{number}"
    wrong = look_at(admin, {"sent": f"/admin/newsletter/issues/inspect/{number}/", "send_to_missed": f"{below}/send-to-missed/"})
    steps = {
        "paused": ("status = 'paused', pause_reason = '535 Authentication failed'", ("resume", "stop")),
        "sending": ("status = 'sending', pause_reason = ''", ("pause",)),
        "awaiting": ("status = 'awaiting'", ("approve", "unschedule")),
        "scheduled": ("status = 'scheduled', send_at = '2043-01-01'", ()),
        "cancelled": ("status = 'cancelled', send_at = null", ()),
    }
    # Paused deliveries that nobody may take: the worker of the demo is awake.
    rows(f"update newsletter_delivery set status = 'waiting', next_try_at = '2043-01-01' where issue_id = {number} and id % 2 = 0")
    try:
        for status, (change, buttons) in steps.items():
            rows(f"update newsletter_issue set {change} where id = {number}")
            addresses = {status: f"/admin/newsletter/issues/inspect/{number}/"}
            wrong |= look_at(admin, addresses | {f"{status}, {name}": f"{below}/{name}/" for name in buttons})
    finally:
        rows(f"update newsletter_delivery set status = 'accepted' where issue_id = {number} and status = 'waiting'")
        rows(f"update newsletter_issue set status = 'sent', pause_reason = '', send_at = null where id = {number}")
    assert wrong == {}


def test_axe_finds_nothing_among_the_readers(admin: Page, rows: Rows) -> None:
    reader = rows("select id from newsletter_subscriber where status = 'subscribed' order by id limit 1")[0][0]
    bounced = rows("select id from newsletter_subscriber where status = 'bounced' order by id limit 1")[0][0]
    wrong = look_at(
        admin,
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


def test_axe_finds_nothing_from_a_file_to_its_readers(admin: Page, rows: Rows) -> None:
    """The form, sent empty, the dry run, what became of each line, the two buttons, and both ends."""
    wrong = {}
    for name, button in (("kept", "begin"), ("forgotten", "cancel")):
        go(admin, "/admin/newsletter/imports/new/")
        wrong[f"{name}: form"] = own_faults(admin)
        with admin.expect_navigation():
            admin.locator("main form button[type=submit]").last.click()
        wrong[f"{name}: sent empty"] = own_faults(admin)
        lines = f"e-mail;langue\naxe.{name}@example.org;nl\naxe.{name}@example.org;fr\nnobody;fr\n"
        admin.locator("[name=file]").set_input_files({"name": f"{name}.csv", "mimeType": "text/csv", "buffer": lines.encode()})
        admin.locator("[name=source]").fill("La feuille de la matinée d’étude")
        admin.locator("[name=agreed_on]").fill("2026-03-12")
        admin.locator("main form button[type=submit]").last.press("Enter")
        # The page looks again by itself until the worker has looked at every line.
        button_link = admin.locator(f"main a[href$='/{button}/']")
        expect(button_link).to_be_visible(timeout=30_000)
        address = admin.url
        wrong[f"{name}: looked at"] = own_faults(admin)
        go(admin, address.replace("inspect/", "") + "lines/")
        wrong[f"{name}: lines"] = own_faults(admin)
        go(admin, address)
        with admin.expect_navigation():
            button_link.click()
        wrong[f"{name}: button"] = own_faults(admin)
        with admin.expect_navigation():
            admin.locator("main form button[type=submit]").first.click()
        expect(admin.locator("main progress")).to_have_count(0, timeout=30_000)
        wrong[f"{name}: end"] = own_faults(admin)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_axe_finds_nothing_while_a_file_is_read(admin: Page, rows: Rows) -> None:
    number = rows("select max(id) from newsletter_subscriberimport")[0][0]
    rows(f"update newsletter_subscriberimport set status = 'running', done = 1 where id = {number}")
    admin.route("**/imports/inspect/**", stay)
    go(admin, f"/admin/newsletter/imports/inspect/{number}/")
    expect(admin.locator("main progress")).to_be_visible()
    assert own_faults(admin) == {}
    rows(f"update newsletter_subscriberimport set status = 'cancelled' where id = {number}")


def stay(route: Route) -> None:
    """The page looks again every two seconds, in the middle of axe's work: not here."""
    answer = route.fetch()
    route.fulfill(response=answer, headers={name: value for name, value in answer.headers.items() if name != "refresh"})


@pytest.mark.parametrize("path", ["/nl/connect/nieuwsbrief/", "/en/connect/newsletter/"])
def test_axe_finds_nothing_in_the_archive_of_another_language(open_page: OpenPage, path: str) -> None:
    """Only words differ from the French one (below): as it is shown, and its form sent empty."""
    page = open_page(path)
    wrong = {"archive": faults(page, looks=TWO_LOOKS)}
    page.wait_for_timeout(FILLED_IN)
    page.locator(".newsletter-form .button--primary").click()
    expect(page.locator(".error-summary")).to_be_focused()
    wrong["sent empty"] = faults(page, looks=TWO_LOOKS)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_axe_finds_nothing_in_what_readers_meet(open_page: OpenPage, site: Served, rows: Rows) -> None:
    """The archive, the form, the form sent empty, and every page behind the links of its mail."""
    address = "axe-all@example.org"
    archive = rows(
        "select substring(p.url_path from '/[^/]+(/.*)') from wagtailcore_page p join newsletter_newsletterindexpage n "
        "on n.page_ptr_id = p.id join wagtailcore_locale l on l.id = p.locale_id where l.language_code = 'fr'"
    )[0][0]
    page = open_page(f"/fr{archive}")
    wrong = {"archive": faults(page)}
    page.locator(".issue-archive a").first.click()
    wrong["issue"] = faults(page)
    go(page, f"/fr{archive}")
    page.wait_for_timeout(FILLED_IN)
    page.locator(".newsletter-form .button--primary").click()
    expect(page.locator(".error-summary")).to_be_focused()
    wrong["sent empty"] = faults(page)
    page.locator("main [name=email]").fill(address)
    page.wait_for_timeout(FILLED_IN)
    page.locator(".newsletter-form .button--primary").click()
    wrong["asked"] = faults(page)
    link = next(each for each in links_of(wait_for_mail(site.folder, address)) if "/n/c/" in each)
    go(page, link)
    wrong["confirm"] = faults(page)
    page.locator("main button").click()
    wrong["confirmed"] = faults(page)
    page.locator("main .button").click()
    wrong["preferences"] = faults(page)
    mine = page.url.partition("?")[0]
    page.evaluate("document.querySelector('[name=language]:checked').value = 'xx'")
    page.locator(".newsletter-form .button--primary").click()
    expect(page.locator(".error-summary")).to_be_visible()
    wrong["preferences, wrong"] = faults(page)
    for name, path in {"erase": f"{mine}erase/", "leave": mine.replace("/n/p/", "/n/u/")}.items():
        go(page, path)
        wrong[name] = faults(page)
    page.locator("main form button").click()
    wrong["left"] = faults(page)
    for name, path, status in (("a key nobody holds", f"/n/p/{'x' * 22}/", 410), ("a link too old", f"/n/c/{'x' * 22}/", 410)):
        go(page, f"{path}?language=fr", status)
        wrong[name] = faults(page)
    assert {name: found for name, found in wrong.items() if found} == {}
