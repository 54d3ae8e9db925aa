"""A citation says the same in every format, and parsers that are not ours read it."""

import datetime
import json
import re
import warnings
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from core.text.safety import writable
from publications.enums import Kind
from publications.library.citation_formats import citation_of
from publications.library.citations import Citation, as_bibtex, as_csl, as_ris, as_text
from publications.models import LibraryPage, PublicationPage, WorkAuthor
from tests.publications.factories import EditionFactory, EditionFileFactory, SeriesFactory, WorkAuthorFactory, WorkFactory, make_pages

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from citeproc import Citation as CslCitation
    from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

CONNECT = Citation(
    code="connect-5",
    kind=Kind.ISSUE,
    title="Dieren, huurders en huisvestingshulp",
    subtitle="100 % & {accolades} _ # $ \\",
    authors=("Smes", "Équipe PAT (Smes)", "Le Forum – Bruxelles"),
    year=2024,
    published_on=datetime.date(2024, 12, 10),
    publisher="Smes",
    url="https://smes.example.org/nl/publicaties/connect-5/",
    languages=("fr", "nl"),
    series="Connect",
    number=5,
    isbn="978-2-930-12345-1",
    issn="1234-5679",
    pages=24,
)
ARTICLE = Citation(
    code="article",
    kind=Kind.ARTICLE,
    title="Un article",
    subtitle="",
    authors=("Smes",),
    year=2024,
    published_on=None,
    publisher="Smes",
    url="https://smes.example.org/x/",
    languages=("fr",),
    container_title="Addiction(s) : recherche et pratiques",
)
every_kind = pytest.mark.parametrize("kind", list(Kind))


def test_in_words_it_can_be_pasted_into_a_text() -> None:
    with translation.override("en"):
        assert as_text(ARTICLE) == "Smes (2024). Un article. In: Addiction(s) : recherche et pratiques. https://smes.example.org/x/"
        assert as_text(CONNECT).startswith("Smes ; Équipe PAT (Smes) ; Le Forum – Bruxelles (2024). Dieren")
        assert "Connect, 5. Brussels: Smes. ISBN 978-2-930-12345-1" in as_text(CONNECT)


@pytest.mark.parametrize(
    ("language", "place", "written"),
    [("fr", "Bruxelles", "Bruxelles\u00a0: Smes"), ("nl", "Brussel", "Brussel: Smes"), ("en", "Brussels", "Brussels: Smes")],
)
def test_the_place_of_publication_is_named_in_the_readers_language(language: str, place: str, written: str) -> None:
    with translation.override(language):
        assert f". {written}. " in as_text(CONNECT)
        assert f"CY  - {place}" in as_ris(CONNECT)
        assert json.loads(as_csl(CONNECT))[0]["publisher-place"] == place


def plain(text: str) -> str:
    """What BibTeX shows: escapes read, braces gone."""
    words = {"backslash": "\\", "asciitilde": "~", "asciicircum": "^"}
    escaped = re.compile(r"\\text(\w+)\{\}|\\([{}&%$#_])|[{}]")
    return escaped.sub(lambda found: words[found[1]] if found[1] else found[2] or "", text)


def test_bibtex_is_read_by_bibtexparser() -> None:
    library = bibtexparser.parse_string(as_bibtex(CONNECT))
    assert library.failed_blocks == []
    (entry,) = library.entries
    fields = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("techreport", "connect_5_2024")
    assert plain(fields["title"]) == CONNECT.whole_title
    assert [plain(author) for author in fields["author"].split(" and ")] == list(CONNECT.authors)
    assert (fields["year"], fields["series"], fields["number"], fields["url"]) == ("2024", "Connect", "5", CONNECT.url)
    assert (fields["isbn"], fields["issn"], fields["pagetotal"]) == (CONNECT.isbn, CONNECT.issn, "24")
    (bare,) = bibtexparser.parse_string(as_bibtex(ARTICLE)).entries
    assert {field.key for field in bare.fields} & {"isbn", "issn", "pagetotal", "series", "number"} == set()


@every_kind
def test_every_kind_has_a_bibtex_entry_that_parses(kind: Kind) -> None:
    library = bibtexparser.parse_string(as_bibtex(replace(ARTICLE, kind=kind)))
    assert library.failed_blocks == []
    assert len(library.entries) == 1


@given(title=st.text(st.characters(codec=None), min_size=1, max_size=80).filter(lambda text: writable(text).strip()))
@example('Titre\x0bcollé \x02\x1f\ufffe\ud83c }{ \\ % @ " , = fin')
@settings(max_examples=200, deadline=None)
def test_any_title_is_one_entry_for_every_reader_of_citations(title: str) -> None:
    """Old rows hold what a PDF was pasted with."""
    work = WorkFactory.build(publisher=title)
    page = PublicationPage(title=title, work=work, locale=Locale(language_code="fr"))
    citation = citation_of(page, editions=[], authors=[WorkAuthor(name=title)], url="https://smes.example.org/x/")
    library = bibtexparser.parse_string(as_bibtex(citation))
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert plain(entry.fields_dict["title"].value) == citation.title == " ".join(writable(title).split())
    (record,) = rispy.loads(as_ris(citation))
    assert record["title"] == citation.title
    assert json.loads(as_csl(citation).encode())[0]["title"] == citation.title


def test_ris_is_read_by_rispy() -> None:
    (record,) = rispy.loads(as_ris(CONNECT))
    assert record["type_of_reference"] == "RPRT"
    assert record["title"] == CONNECT.whole_title
    assert record["authors"] == list(CONNECT.authors)
    assert (record["year"], record["date"], record["number"]) == ("2024", "2024/12/10", "5")
    assert record["urls"] == [CONNECT.url]
    assert (record["issn"], record["start_page"]) == (CONNECT.isbn, "24"), "RIS has one tag for both numbers; the book's own comes first"
    (in_series,) = rispy.loads(as_ris(replace(CONNECT, isbn="")))
    assert in_series["issn"] == CONNECT.issn
    (article,) = rispy.loads(as_ris(ARTICLE))
    assert (article["type_of_reference"], article["secondary_title"]) == ("JOUR", ARTICLE.container_title)
    assert "start_page" not in rispy.loads(as_ris(replace(ARTICLE, pages=24)))[0], "how long it is says nothing of where it begins"


def test_a_line_break_in_a_title_cannot_add_a_field_to_the_record() -> None:
    (record,) = rispy.loads(as_ris(replace(ARTICLE, title="Un\r\nUR  - https://evil.example.org/")))
    assert record["urls"] == [ARTICLE.url]


@pytest.mark.filterwarnings("ignore")
def test_csl_json_is_set_by_a_citation_processor() -> None:
    source = CiteProcJSON(json.loads(as_csl(CONNECT)))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(CslCitation([CitationItem("connect-5")]))
    (line,) = [str(item) for item in bibliography.bibliography()]
    assert "Smes" in line
    assert "2024" in line
    assert "Dieren, huurders en huisvestingshulp" in line


@pytest.mark.django_db
@pytest.mark.parametrize(("extension", "kind"), [("bib", "x-bibtex"), ("ris", "research-info"), ("json", "citationstyles")])
@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_each_format_can_be_taken_away_in_each_language(
    client: Client, libraries: dict[str, LibraryPage], language: str, extension: str, kind: str
) -> None:
    work = WorkFactory(code="connect-5", series=SeriesFactory(name_fr="Connect"), number=5)
    WorkAuthorFactory(work=work, name="Équipe PAT")
    EditionFileFactory(edition=EditionFactory(work=work, languages=["fr"], title="Un titre français"))
    EditionFileFactory(edition=EditionFactory(work=work, languages=["nl"], title="Een Nederlandse titel"))
    make_pages(work)
    with translation.override(language):
        response = client.get(reverse("publications:cite", args=["connect-5", extension]))
    assert response.status_code == 200
    assert kind in response["Content-Type"]
    assert response["Content-Disposition"] == f'attachment; filename="connect-5.{extension}"'
    text = response.content.decode()
    assert ("Een Nederlandse titel" if language == "nl" else "Un titre français") in text, "the title of the reader's own edition"
    assert "Équipe PAT" in text


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "isbn", "pages"), [("fr", "979-9-0000-0041-7", 24), ("nl", "979-9-0000-0042-4", 30)])
def test_the_numbers_of_the_readers_own_edition_come_back_from_each_format(
    client: Client, libraries: dict[str, LibraryPage], language: str, isbn: str, pages: int
) -> None:
    work = WorkFactory(code="connect-5", kind=Kind.ISSUE, series=SeriesFactory(issn="1234-5679"), number=5)
    EditionFileFactory(edition=EditionFactory(work=work, languages=["fr"], isbn="979-9-0000-0041-7"), page_count=24)
    EditionFileFactory(edition=EditionFactory(work=work, languages=["nl"], isbn="979-9-0000-0042-4"), page_count=30)
    make_pages(work)

    def taken(extension: str) -> str:
        with translation.override(language):
            return client.get(reverse("publications:cite", args=["connect-5", extension])).content.decode()

    (entry,) = bibtexparser.parse_string(taken("bib")).entries
    assert {field.key: field.value for field in entry.fields}.items() >= {
        "isbn": isbn,
        "issn": "1234-5679",
        "pagetotal": str(pages),
    }.items()
    (record,) = rispy.loads(taken("ris"))
    assert (record["issn"], record["start_page"]) == (isbn, str(pages))
    (item,) = json.loads(taken("json"))
    assert (item["ISBN"], item["ISSN"], item["number-of-pages"]) == (isbn, "1234-5679", str(pages))


@pytest.mark.django_db
def test_an_unknown_work_or_format_is_not_found(client: Client, libraries: dict[str, LibraryPage]) -> None:
    make_pages(WorkFactory(code="connect-5"))
    for code, extension in (("connect-5", "exe"), ("connect-6", "bib")):
        with translation.override("fr"):
            assert client.get(reverse("publications:cite", args=[code, extension])).status_code == 404
