"""The catalogue of a year: drawn from the web's own pages, frozen, and the same from then on."""

import io
import re
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.files.storage import storages
from django.test import Client

from tests.pdf_structure import tags_of
from tests.trainings.factories import LANGUAGES, ModuleFactory, SessionFactory, make_sheets
from tests.trainings.mailings.moments import at, session_on
from trainings.catalogue_years.document import NoCatalogue, catalogue_document
from trainings.catalogue_years.freeze import AlreadyFrozen, draft_pdf, freeze_catalogue, withdraw_catalogue
from trainings.enums import SessionKind, SessionStatus
from trainings.models import CatalogueEdition, CatalogueYear, ModulePage

pytestmark = pytest.mark.django_db
NOW = at(1, 5)


@pytest.fixture
def sheets() -> dict[str, ModulePage]:
    """One module with a sheet in three languages and a date in 2027; another without a date."""
    module = ModuleFactory(name="Écouter", is_accredited=True)
    pages = make_sheets(module, fr="Écouter", nl="Luisteren", en="Listening")
    for language, page in pages.items():
        page.outcomes = f"<p>Vous apprenez <b>l’essentiel</b> ({language}).</p><ul><li>un</li><li>deux</li></ul>"
        page.method = "Des récits.\n\nDes exercices."
        page.save()
    session_on(3, 10, module=module)
    make_sheets(ModuleFactory(name="Autre"))
    return pages


def text_of(pdf: bytes) -> str:
    """Without spaces: where lines break is the paper's affair."""
    words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return bare(words)


def bare(words: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe]", "", words)


class TestWhatItSays:
    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("fr", ["Écouter", "Vous apprenez l’essentiel (fr)", "mercredi 10 mars 2027", "Comment s’inscrire", "Des exercices."]),
            ("nl", ["Luisteren", "woensdag 10 maart 2027", "Brussel", "Nederlands"]),
            ("en", ["Listening", "Wednesday 10 March 2027", "No date yet"]),
        ],
    )
    def test_the_sheets_and_dates_of_the_web_in_each_language(self, sheets: dict[str, ModulePage], language: str, words: list[str]) -> None:
        text = text_of(draft_pdf(year=2027, language=language, now=NOW))
        assert [each for each in words if bare(each) not in text] == []
        assert bare(sheets[language].full_url) in text

    def test_only_what_is_open_to_all_and_in_that_year(self, sheets: dict[str, ModulePage]) -> None:
        module = sheets["fr"].module
        session_on(4, 1, module=module, status=SessionStatus.DRAFT)
        session_on(4, 2, module=module, status=SessionStatus.CANCELLED)
        session_on(4, 3, module=module, kind=SessionKind.IN_HOUSE_TRAINING)
        SessionFactory(module=module, first_meeting_at=at(1, 1, 0, 0, year=2028))
        SessionFactory(module=module, first_meeting_at=at(12, 31, 23, 59))
        document = catalogue_document(year=2027, language="fr", now=NOW)
        assert [each["day"] for each in document["dates"]] == ["10 mars", "31 décembre"]

    def test_it_costs_the_same_however_many_sheets(self, sheets: dict[str, ModulePage], django_assert_max_num_queries: Any) -> None:
        with django_assert_max_num_queries(14) as few:
            catalogue_document(year=2027, language="fr", now=NOW)
        for _each in range(3):
            make_sheets(ModuleFactory(), fr="Encore")
            session_on(5, 5, module=ModulePage.objects.latest("pk").module)
        with django_assert_max_num_queries(len(few)):
            catalogue_document(year=2027, language="fr", now=NOW)


class TestEveryReader:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_is_tagged_for_every_reader_and_says_its_language(self, sheets: dict[str, ModulePage], language: str) -> None:
        pdf = draft_pdf(year=2027, language=language, now=NOW)
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert str(opened.Root.Lang) == language
            assert opened.Root.Outlines.First
            with opened.open_metadata() as metadata:
                assert (metadata["pdfuaid:part"], metadata["pdfaid:part"]) == ("1", "2")
                assert "2027" in metadata["dc:title"]
        tags = tags_of(pdf)
        assert {"/TOC", "/Table", "/TH", "/L", "/Link"} <= set(tags)
        levels = [int(tag[2]) for tag in tags if re.fullmatch(r"/H\d", tag)]
        assert levels[0] == 1
        assert all(below - above <= 1 for above, below in pairwise(levels)), "no level is skipped"


class TestFrozen:
    def test_nothing_that_changes_later_touches_it(self, client: Client, sheets: dict[str, ModulePage]) -> None:
        freeze_catalogue(year=2027, now=NOW)
        before = b"".join(client.get("/fr/catalogue-2027.pdf").streaming_content)  # type: ignore[attr-defined]
        ModulePage.objects.update(title="Autre chose")
        sheets["fr"].module.sessions.all().delete()
        response = client.get("/fr/catalogue-2027.pdf")
        assert b"".join(response.streaming_content) == before  # type: ignore[attr-defined]
        assert bare("Écouter") in text_of(before)
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == 'inline; filename="smes-catalogue-2027.pdf"'
        assert CatalogueEdition.objects.get(language="fr").facts["themes"][0]["sheets"][0]["title"] in {"Écouter", "Autre (fr)"}

    def test_a_year_is_frozen_once(self, sheets: dict[str, ModulePage]) -> None:
        freeze_catalogue(year=2027, now=NOW)
        with pytest.raises(AlreadyFrozen):
            freeze_catalogue(year=2027, now=NOW)
        assert CatalogueEdition.objects.count() == 3

    def test_a_missing_language_freezes_nothing(self) -> None:
        make_sheets(ModuleFactory(), fr="Écouter", nl="Luisteren")
        with pytest.raises(NoCatalogue) as refusal:
            freeze_catalogue(year=2027, now=NOW)
        assert refusal.value.language == "en"
        assert not CatalogueYear.objects.exists()

    def test_withdrawn_its_files_are_gone_and_it_may_be_frozen_again(
        self, client: Client, sheets: dict[str, ModulePage], django_capture_on_commit_callbacks: Any
    ) -> None:
        catalogue = freeze_catalogue(year=2027, now=NOW)
        names = list(CatalogueEdition.objects.values_list("file", flat=True))
        with django_capture_on_commit_callbacks(execute=True):
            withdraw_catalogue(catalogue=catalogue)
        assert [name for name in names if storages["private"].exists(name)] == []
        assert client.get("/fr/catalogue-2027.pdf").status_code == 404
        freeze_catalogue(year=2027, now=NOW)

    def test_the_catalogue_links_to_those_of_its_language_the_latest_first(self, client: Client, sheets: dict[str, ModulePage]) -> None:
        url = sheets["nl"].get_parent().url
        assert "aanbod-2027.pdf" not in client.get(url).content.decode()
        for year in (2026, 2027):
            freeze_catalogue(year=year, now=NOW)
        page = client.get(url).content.decode()
        assert page.index("/nl/aanbod-2027.pdf") < page.index("/nl/aanbod-2026.pdf")
