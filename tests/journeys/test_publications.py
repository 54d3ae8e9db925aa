"""A reader finds a word inside a PDF, opens it at its page, downloads, cites and orders two copies; Smes sends them."""

import re
from dataclasses import dataclass

import httpx
import pypdfium2
import pytest
import rispy
from playwright.sync_api import expect

from tests.journeys.conftest import OpenPage
from tests.journeys.page_types import Rows
from tests.journeys.post import links_of, text_of, wait_for_mail
from tests.journeys.steps import log_in, order_two_copies
from tests.journeys.variants import three_languages
from tests.serving import Served

pytestmark = pytest.mark.browser

MOVES = (
    "select sum(m.quantity) from publications_stockmove m join publications_edition e on e.id = m.edition_id "
    "join publications_work w on w.id = e.work_id"
)


@dataclass(frozen=True)
class Words:
    """The addresses and words of one language."""

    library: str
    inside: str  # stands in the PDF, in no page
    title: str
    reserved: str
    sent: str


WORDS = {
    "fr": Words("/fr/publications/", "muselière", "Animaux, locataires et accompagnement en logement", "mis de côté", "en route"),
    "nl": Words("/nl/publicaties/", "muilkorf", "Dieren, huurders en huisvestingshulp", "liggen klaar", "onderweg"),
    "en": Words("/en/publications/", "muselière", "Animals, tenants and housing support", "put aside", "on their way"),
}


@three_languages
def test_from_a_word_inside_a_pdf_to_two_copies_in_the_post(
    open_page: OpenPage, site: Served, rows: Rows, language: str, javascript: bool
) -> None:
    words = WORDS[language]
    address = f"reader.{language}.{'js' if javascript else 'plain'}@example.org"
    page = open_page(words.library, javascript=javascript, language=language)

    page.locator("#list-words").fill(words.inside)
    page.locator("#list-words").press("Enter")
    expect(page).to_have_url(re.compile("q="))
    expect(page.locator(".book")).to_have_count(1)
    hit = page.locator(".book__hit")
    expect(hit.locator("mark")).to_have_text(words.inside)
    opened = hit.locator("a").get_attribute("href") or ""
    assert re.search(r"\.pdf#page=[3-6]$", opened), "at its page, past the cover"
    answer = httpx.get(site.url + opened.partition("#")[0], follow_redirects=True)
    assert answer.content.startswith(b"%PDF-")
    number = int(opened.rpartition("=")[2])
    assert words.inside in words_on_page(answer.content, number), "the word stands where the link opens"
    assert words.inside not in words_on_page(answer.content, 1)

    page.locator(".card__title a").click()
    expect(page.locator("h1")).to_contain_text(words.title)
    with page.expect_download() as downloading:
        page.locator(".page-header .button--primary").click()
    assert downloading.value.suggested_filename == "smes-connect-5-fr-nl.pdf"
    assert words.inside in words_on_page(downloading.value.path().read_bytes(), number)
    with page.expect_download() as downloading:
        page.locator(".citation__files a", has_text="RIS").click()
    (record,) = rispy.loads(downloading.value.path().read_text("utf-8"))
    assert record["urls"] == [page.url]

    before = copies_left(rows)
    page.locator(".edition .button", has_text=re.compile("apier|paper")).click()
    order_two_copies(page, address)
    expect(page.locator("h1")).to_contain_text(words.reserved)
    mail = wait_for_mail(site.folder, address)
    assert words.reserved in text_of(mail)
    assert copies_left(rows) == before - 2
    manage = next(link for link in links_of(mail) if len(link) > 60)
    page.goto(manage)
    expect(page.locator("h1")).to_contain_text(words.reserved)

    send_it(open_page, address)
    assert words.sent in text_of(wait_for_mail(site.folder, address, number=2))
    page.goto(manage)
    expect(page.locator("h1")).to_contain_text(words.sent)
    expect(page.locator(".button--danger")).to_have_count(0)


def words_on_page(content: bytes, number: int) -> str:
    """What stands on a page of a PDF, the first being 1."""
    text: str = pypdfium2.PdfDocument(content)[number - 1].get_textpage().get_text_bounded()
    return text


def copies_left(rows: Rows) -> int:
    """The page of an example says no number: it is invented."""
    return int(rows(f"{MOVES} where w.code = 'connect-5'")[0][0])


def send_it(open_page: OpenPage, address: str) -> None:
    """Somebody at Smes finds the order by its address and notes it as sent."""
    admin = open_page("/account/login/?next=/admin/")
    log_in(admin, "publications@example.org")
    admin.goto(f"/admin/publications/orders/?q={address}")
    admin.locator("td.title a").first.click()
    admin.locator(".smes-next a[href*='/send/']").click()
    admin.locator("form button[type=submit]").last.click()
    expect(admin.locator(".messages .success")).to_be_visible()
