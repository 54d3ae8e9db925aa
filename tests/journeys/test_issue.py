"""The communication officer makes this month's issue and sleeps well: assemble, reorder, preview, check, test, schedule, send, watch."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.post import mails_to
from tests.journeys.steps import log_in
from tests.serving import Served

pytestmark = pytest.mark.browser


def overrule_all(page: Page) -> None:
    """Where the machine reaches the network, invented addresses and domains are found dead: somebody says why that is fine."""
    while page.get_by_role("link", name=re.compile("^Send all the same")).count():
        page.get_by_role("link", name=re.compile("^Send all the same")).first.click()
        page.get_by_label("Reason").fill("An invented address of the demo.")
        page.get_by_role("button", name="Send all the same").click()
        expect(page.get_by_text("The reason is kept with the issue.")).to_be_visible()


def test_from_the_site_to_the_readers(open_page: OpenPage, site: Served) -> None:
    page = open_page("/account/login/?next=/admin/newsletter/issues/", language="en")
    log_in(page, "communication@example.org")
    page.get_by_role("link", name=re.compile("No. 95")).first.click()

    page.get_by_role("link", name="Add from the site").click()
    titles = page.locator(".picks").first.locator(".pick__title")
    expect(titles.first).to_be_visible()
    before = titles.all_inner_texts()
    page.get_by_role("button", name=re.compile(f"^Move down: {re.escape(before[0])}")).click()
    assert titles.all_inner_texts()[:2] == [before[1], before[0]]
    chosen = page.locator(".pick", has_text=before[1])
    chosen.get_by_text("Shorten").click()
    chosen.locator("textarea").first.fill("En une phrase.")
    page.get_by_role("button", name="Put them in the issue").click()
    expect(page.get_by_text(re.compile(r"items? (is|are) in the issue"))).to_be_visible()

    page.get_by_role("link", name="Preview in Français").click()
    mail = page.frame_locator("iframe").first
    expect(mail.get_by_role("heading", level=1)).to_have_text("Formations avec places libres et dates à noter")
    expect(mail.get_by_text("En une phrase.")).to_be_visible()
    expect(page.frame_locator("iframe").nth(3).get_by_text("Se désabonner en une étape")).to_be_visible()
    page.get_by_role("link", name="Go back").click()

    page.get_by_role("button", name="Run the checks").click()
    page.wait_for_url("**#checks", timeout=30_000)
    overrule_all(page)
    expect(page.locator("#checks").get_by_text("green")).to_be_visible()

    page.get_by_role("link", name="Send a test").click()
    page.get_by_label("Addresses").fill("tester@example.org")
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("The test mails have left.")).to_be_visible()
    tests = mails_to(site.folder, "tester@example.org")
    assert len(tests) == 2, "one an edition"
    assert all(str(letter["Subject"]).startswith("[Test]") for letter in tests)

    page.get_by_role("link", name="Send or schedule").click()
    page.get_by_label("Send at").fill("2043-01-02 10:00")
    # By the keyboard: the calendar lies over the button.
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    expect(page.get_by_text("It leaves on Friday 2 January 2043 at 10.00.")).to_be_visible()
    page.get_by_role("link", name="Back to a draft").click()
    page.get_by_role("button", name="Back to a draft").click()

    page.get_by_role("link", name="Send or schedule").click()
    # Two totals, one for each rule about readers whose edition is missing; the first rule is chosen.
    figures = page.locator(".issue-admin__figure b")
    expect(figures).to_have_count(2)
    people = int(re.findall(r"\d+", figures.first.inner_text())[0])
    expect(page.get_by_role("radio", name=re.compile(f"They get nothing this time.*{people}"))).to_be_checked()
    page.get_by_role("button", name="Send", exact=True).click()
    # The figures move by themselves; at the end the page shows the result.
    expect(page.get_by_text(f"All {people} readers of the audience are accounted for.")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-smes-count=accepted]")).to_have_text(str(people))

    got = [letter for letter in mails_to(site.folder, "@") if letter["List-ID"] and not str(letter["Subject"]).startswith("[Test]")]
    assert len({str(letter["To"]) for letter in got}) == len(got) == people
    assert {str(letter["Content-Language"]) for letter in got} == {"fr", "nl"}
    reader = open_page("/fr/connect/newsletter/")
    expect(reader.get_by_role("link", name="Formations avec places libres et dates à noter")).to_be_visible()
