"""The PDF of a year: the words of the page, for every reader, made once."""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.files.storage import storages
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django_tasks_db.models import DBTaskResult
from lxml import html
from wagtail.models import Page

from home.models import YearPage
from home.year import pdf as year_pdf
from home.year.document import year_document
from tests.concurrency import run_concurrently, slowly
from tests.databases import committing
from tests.home.years import TITLES, make_year, store
from tests.pdf_structure import faults_of, tags_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: Any) -> None:
    """A store of files of one's own, so that counting them means something."""
    private = settings.STORAGES["private"]
    settings.STORAGES = settings.STORAGES | {"private": private | {"OPTIONS": private["OPTIONS"] | {"location": tmp_path / "private"}}}


def answer(client: Client, page: YearPage, **headers: str) -> Any:
    return client.get(f"{page.url}pdf/", headers=headers)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def pdf_of(client: Client, page: YearPage) -> bytes:
    response = answer(client, page)
    assert response.status_code == 200
    return body(response)


def text_of(pdf: bytes) -> str:
    """As a reader that reads aloud gets it, without any space: where lines break is the paper's affair."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return bare("".join(re.sub(r"Smes, [^\n]+\r?\n.+ \d+ \w+ \d+\s*$", "", text) for text in pages))


def bare(words: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe]", "", words)


def kept() -> list[Path]:
    folder = Path(storages["private"].path(year_pdf.FOLDER))
    return sorted(folder.glob("*")) if folder.exists() else []


class TestEveryReader:
    """PDF/UA-1 (ISO 14289-1), as far as a program can tell; typst refuses what it knows to break it."""

    @pytest.mark.parametrize("language", ["fr", "nl", "en"])
    def test_it_says_what_it_is_and_in_which_language(self, client: Client, language: str) -> None:
        store()
        with pikepdf.open(io.BytesIO(pdf_of(client, make_year(language)))) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == language
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            with pdf.open_metadata() as metadata:
                assert metadata["dc:title"] == f"{TITLES[language]} – Smes"
                assert metadata["pdfuaid:part"] == "1"
                assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert pdf.Root.Outlines.First, "headings are bookmarks"
            assert all(page.Tabs == "/S" for page in pdf.pages), "Tab follows the structure"

    def test_headings_lists_tables_and_links_are_what_they_look_like(self, client: Client) -> None:
        store()
        tags = tags_of(pdf_of(client, make_year()))
        assert {"/H1", "/H2", "/H3", "/L", "/LI", "/Table", "/TH", "/TD", "/Link"} <= set(tags)
        levels = [int(tag[2]) for tag in tags if re.fullmatch(r"/H\d", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(below - above <= 1 for above, below in pairwise(levels)), "no level is skipped"

    @pytest.mark.parametrize("language", ["fr", "nl", "en"])
    def test_it_is_tagged_from_its_title_to_its_last_ornament(self, client: Client, language: str) -> None:
        store()
        assert faults_of(pdf_of(client, make_year(language)), language=language) == []

    def test_a_link_says_where_it_leads(self, client: Client) -> None:
        store()
        page = make_year()
        with pikepdf.open(io.BytesIO(pdf_of(client, page))) as pdf:
            links = [each for sheet in pdf.pages for each in sheet.get("/Annots", []) if each.Subtype == "/Link"]
            assert all("/Contents" in each and "/StructParent" in each for each in links)
            targets = {str(each.A.URI) for each in links if "/A" in each and "/URI" in each.A}
        assert {"https://example.org/suite", "https://example.org/rapport"} <= targets
        assert any(each.endswith(page.url) for each in targets), "back to the page"


class TestTheSameWords:
    @pytest.mark.parametrize("language", ["fr", "nl", "en"])
    def test_what_stands_on_the_page_stands_in_the_file(self, client: Client, language: str) -> None:
        store()
        page = make_year(language)
        text = text_of(pdf_of(client, page))
        words = words_of_the_page(client.get(page.url).content.decode())
        assert len(words) > 40
        assert [each for each in words if bare(each).strip("()") not in text] == []

    @pytest.mark.parametrize("language", ["fr", "nl", "en"])
    def test_what_stands_in_the_file_stands_on_the_page_and_is_read_in_that_order(self, client: Client, language: str) -> None:
        store()
        page = make_year(language)
        text, shown = text_of(pdf_of(client, page)), bare(html.document_fromstring(client.get(page.url).content).text_content())
        place = 0
        for words in words_of_the_document(page):
            assert bare(words) in shown
            place = text.index(bare(words), place) + len(bare(words))


# Above and beside the words, or made for a fold: nothing of it belongs on paper.
SCREEN_ONLY = "//nav | //*[contains(@class, 'button-row')] | //*[contains(@class, 'year-tables__count')] | //*[contains(@class, 'toc')]"


def words_of_the_page(page: str) -> list[str]:
    """Every piece of text of the main part, but the controls of a screen."""
    [main] = html.document_fromstring(page).iter("main")
    for each in main.xpath(SCREEN_ONLY):
        each.drop_tree()
    return [text for text in main.itertext() if text.strip()]


def words_of_the_document(page: YearPage) -> Iterator[str]:
    """Titles, labels and running text, in the order the template has them."""

    def walk(value: Any, name: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for key, child in value.items():
                yield from walk(child, key)
        elif isinstance(value, list):
            for child in value:
                yield from walk(child, name)
        elif name in {"title", "intro", "text", "label"}:
            yield str(value)

    yield from walk(year_document(page))


class TestHandedOut:
    @pytest.mark.parametrize(("language", "name"), [("fr", "lannee-2024"), ("nl", "het-jaar-2024"), ("en", "the-year-2024")])
    def test_the_file_has_a_name_and_a_language(self, client: Client, language: str, name: str) -> None:
        response = answer(client, make_year(language))
        assert response["Content-Disposition"] == f'inline; filename="smes-{name}.pdf"'
        assert response["Content-Language"] == language
        assert response["Content-Type"] == "application/pdf"
        assert "default-src 'none'" in response["Content-Security-Policy"]

    def test_it_is_made_once_and_again_only_when_it_would_say_something_else(self, client: Client) -> None:
        store()
        page = make_year()
        first = answer(client, page)
        [file] = kept()
        made = file.stat().st_mtime_ns
        for _robot in range(5):
            assert answer(client, page)["ETag"] == first["ETag"]
        assert [each.stat().st_mtime_ns for each in kept()] == [made]
        page.intro = "En plus bref"
        page.save_revision().publish()
        second = answer(client, page)
        assert second["ETag"] != first["ETag"]
        assert bare("En plus bref") in text_of(body(second))
        assert len(kept()) == 1, "the older file is gone"

    def test_who_has_it_is_told_so(self, client: Client) -> None:
        page = make_year()
        etag = answer(client, page)["ETag"]
        response: HttpResponse = answer(client, page, **{"if-none-match": etag})
        assert (response.status_code, response.content) == (304, b"")
        assert response["ETag"] == etag

    def test_a_draft_has_no_file_and_a_private_page_asks_for_the_account(self, client: Client) -> None:
        draft, private = make_year(), make_year("nl")
        draft.unpublish()
        private.view_restrictions.create(restriction_type="login")
        assert answer(client, draft).status_code == 404
        assert answer(client, private).status_code == 302
        assert kept() == []


class TestManyAtOnce:
    @pytest.fixture
    def shared_page(self, db: None) -> Iterator[YearPage]:
        """Seen by every thread."""
        with committing(YearPage, DBTaskResult):  # a page that comes or goes asks for its index
            yield Page.get_first_root_node().add_child(instance=YearPage(title="L’année 2024", year=2024))

    def ask_together(self, page: YearPage, monkeypatch: pytest.MonkeyPatch, made: list[int]) -> set[bytes]:
        """The files that four who ask at the same moment get; `made` grows by one each time a file is made."""
        render = slowly(year_pdf.render_pdf, 0.3)

        def counted(*given: Any) -> bytes:
            made.append(1)
            return render(*given)

        monkeypatch.setattr(year_pdf, "render_pdf", counted)
        asked = RequestFactory().get("/")
        return set(run_concurrently(*[lambda: body(year_pdf.answer_with_pdf(asked, page))] * 4))

    def test_four_who_ask_at_the_same_moment_wait_for_one_file(self, shared_page: YearPage, monkeypatch: pytest.MonkeyPatch) -> None:
        made: list[int] = []
        assert len(self.ask_together(shared_page, monkeypatch, made)) == 1
        assert len(made) == 1

    @pytest.mark.control
    def test_control_without_the_lock_each_makes_one(self, shared_page: YearPage, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(year_pdf.Page.objects, "select_for_update", year_pdf.Page.objects.all)
        made: list[int] = []
        # One may tidy away what another is still writing: damage as well, and not what is counted here.
        with suppress(FileNotFoundError):
            self.ask_together(shared_page, monkeypatch, made)
        assert len(made) > 1
