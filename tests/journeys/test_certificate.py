"""The whole way: somebody enrols, the trainer ticks her presence on a phone, she downloads her certificate, anybody checks its code."""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import psycopg
import pypdfium2
import pytest
from playwright.sync_api import Error, Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.post import links_of, mails_to, text_of, wait_for_mail
from tests.journeys.steps import enrol, log_in
from tests.journeys.variants import two_languages
from tests.journeys.words import WORDS, Words
from tests.serving import Served

pytestmark = pytest.mark.browser

TRAINER = "formation@example.org"
COORDINATOR = "coordination@example.org"


@dataclass
class Clock:
    """Lets the days go by for one session: it begins an hour ago, and it ends. Its dates come back afterwards."""

    database: str
    session: int = 0
    kept: tuple[tuple[object, ...], ...] = ()

    def let_it_begin(self, reference: str) -> list[int]:
        """Returns the keys of its meetings."""
        with psycopg.connect(self.database) as connection:
            rows = connection.execute(
                "select m.id, m.starts_at, m.ends_at, s.id from trainings_meeting m join trainings_session s on s.id = m.session_id "
                "where s.reference = %s order by m.starts_at",
                [reference],
            ).fetchall()
            self.session, self.kept = rows[0][3], tuple(row[:3] for row in rows)
            connection.execute(
                "update trainings_meeting m set starts_at = m.starts_at - f.gap, ends_at = m.ends_at - f.gap from "
                "(select max(starts_at) - now() + interval '1 hour' as gap from trainings_meeting where session_id = %s) f "
                "where m.session_id = %s",
                [self.session, self.session],
            )
        return [row[0] for row in rows]

    def let_it_end(self) -> None:
        with psycopg.connect(self.database) as connection:
            connection.execute(
                "update trainings_meeting set starts_at = starts_at - interval '1 day', ends_at = ends_at - interval '1 day' "
                "where session_id = %s",
                [self.session],
            )

    def turn_back(self) -> None:
        with psycopg.connect(self.database) as connection:
            for key, starts, ends in self.kept:
                connection.execute(
                    "update trainings_meeting set starts_at = %s, ends_at = %s, roll_closed_at = null where id = %s", [starts, ends, key]
                )


@pytest.fixture
def clock(site: Served, site_database: str) -> Iterator[Clock]:
    clock = Clock(site_database)
    yield clock
    clock.turn_back()


@two_languages
def test_from_the_catalogue_to_a_certificate_that_can_be_checked(
    open_page: OpenPage, site: Served, clock: Clock, language: str, javascript: bool
) -> None:
    words = WORDS[language]
    name = f"Sacha {language.upper()} {'Avec' if javascript else 'Sans'}"
    address = f"sacha.{language}.{'js' if javascript else 'plain'}@example.org"
    participant = open_page(f"{words.catalogue}{words.slug}/", javascript=javascript, phone=True, language=language)
    reference = enrol(participant, address, name=name)
    change_details_by_the_mailed_link(participant, site, address, words)

    meetings = clock.let_it_begin(reference)
    trainer = open_page("/account/login/", javascript=javascript, phone=True, language=language)
    log_in(trainer, TRAINER)
    for meeting in meetings:
        mark_present(trainer, meeting, name, javascript=javascript)
    assert trainer.evaluate("document.documentElement.scrollWidth") <= 375

    clock.let_it_end()
    coordinator = open_page("/account/login/", javascript=javascript, language=language)
    log_in(coordinator, COORDINATOR)
    coordinator.goto(f"/admin/trainings/sessions/{clock.session}/certificates/")
    coordinator.locator("main form button[type=submit]").click()
    expect(coordinator).to_have_url(re.compile(r"/admin/trainings/sessions/"))

    pdf = download_certificate(participant, site, address)
    code = check_the_paper(pdf, name, language)
    verify_the_code(open_page, words, code, name, javascript=javascript)


def change_details_by_the_mailed_link(page: Page, site: Served, address: str, words: Words) -> None:
    mail = wait_for_mail(site.folder, address)
    page.goto(manage_link(text_of(mail)))
    assert words.confirmed in page.locator("h1").inner_text()
    page.locator("main .button-row a").first.click()
    page.locator("[name=function]").fill("infirmière de rue")
    page.locator("main form button.button--primary").click()
    expect(page.get_by_text("infirmière de rue")).to_be_visible()


def manage_link(text: str) -> str:
    found = re.search(r"https?://\S+/(?:mon-inscription|mijn-inschrijving)/[\w-]{43}/(?=\s)", text)
    assert found, text
    return found[0]


def mark_present(page: Page, meeting: int, name: str, *, javascript: bool) -> None:
    """One tap a person; without JavaScript one button at the end."""
    page.goto(f"/admin/trainings/meetings/{meeting}/roll-call/")
    line = page.get_by_role("group", name=name)
    line.locator("label.roll-call__choice", has=page.locator("[value=present]")).click()
    if javascript:
        expect(line.get_by_role("status")).not_to_be_empty()
        expect(line.get_by_role("status")).not_to_have_text(re.compile("…"))
    else:
        with page.expect_navigation():
            page.locator("[data-smes-submit]").click()
    page.reload()
    expect(line.locator("[type=radio][value=present]")).to_be_checked()


def download_certificate(page: Page, site: Served, address: str) -> bytes:
    """By the link of the mail, as a real download."""
    for number in range(1, 6):
        mail = wait_for_mail(site.folder, address, number)
        link = next((each for each in links_of(mail) if each.endswith(".pdf")), None)
        if link:
            break
    else:
        raise AssertionError([mail["Subject"] for mail in mails_to(site.folder, address)])
    with page.expect_download() as download, suppress(Error):  # the browser stays where it is: the answer is a file
        page.goto(link)
    assert re.fullmatch(r"smes-\w{12}\.pdf", download.value.suggested_filename)
    return Path(download.value.path()).read_bytes()


def check_the_paper(pdf: bytes, name: str, language: str) -> str:
    """Tagged PDF/UA-1 in the person's language, with the name; returns the code printed on it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in document.Root
        assert str(document.Root.Lang).startswith(language)
        with document.open_metadata() as metadata:
            assert str(metadata["pdfuaid:part"]) == "1"
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert name in text
    found = re.search(r"\b([2-9A-HJKMNP-Z]{4})[ -]([2-9A-HJKMNP-Z]{4})[ -]([2-9A-HJKMNP-Z]{4})\b", text)
    assert found, text
    return "".join(found.groups())


def verify_the_code(open_page: OpenPage, words: Words, code: str, name: str, *, javascript: bool) -> None:
    """A stranger types it as it stands on paper; a wrong one is no certificate."""
    stranger = open_page(words.check, javascript=javascript)
    stranger.locator("[name=code]").fill(f"{code[:4]} {code[4:8].lower()}-{code[8:]}")
    stranger.locator("main form button").click()
    expect(stranger.locator(".notice--success")).to_be_visible()
    expect(stranger.locator("main")).to_contain_text(name)
    expect(stranger.locator("main")).not_to_contain_text("example.org")
    stranger.locator("[name=code]").fill(code[::-1])
    stranger.locator("main form button").click()
    expect(stranger.locator(".notice--success")).to_have_count(0)
    expect(stranger.locator("main")).not_to_contain_text(name)
