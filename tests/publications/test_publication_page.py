"""The page of a work: to people and to machines."""

import json
import re
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from home.models import StandardPage
from publications.enums import EditionStatus, Licence, OrderStatus
from publications.models import LibraryPage, PublicationPage, Work, WorkPlace
from tests.cartography.factories import PlaceFactory
from tests.core.factories import ThemeFactory
from tests.publications.browsing import page_of
from tests.publications.factories import (
    EditionFactory,
    EditionFileFactory,
    PaperOrderFactory,
    WorkAuthorFactory,
    WorkFactory,
    WorkPageFactory,
    make_pages,
)
from tests.trainings.factories import ModuleFactory, make_sheets

pytestmark = pytest.mark.django_db

META = re.compile(r'<meta name="((?:citation_|DC\.)[^"]+)" content="([^"]*)">')
CONTACT = UUID(int=5)
LD = re.compile(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', re.DOTALL)


def queries(client: Client, work: Work) -> int:
    page_of(client, work)  # root paths and content types are kept by the process
    with CaptureQueriesContext(connection) as captured:
        page_of(client, work)
    assert len(captured) <= 12, [query["sql"][:150] for query in captured]
    return len(captured)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["Télécharger", "PDF, 2 ko, français, néerlandais", "30 exemplaires restants", "Connect n° 5"]),
        ("nl", ["Downloaden", "PDF, 2 kB, Frans, Nederlands", "nog 30 exemplaren", "Connect nr. 5"]),
        ("en", ["Download", "PDF, 2 kB, French, Dutch", "30 copies left", "Connect no. 5"]),
    ],
)
def test_a_link_says_type_size_and_language_before_it_is_followed(client: Client, work: Work, language: str, words: list[str]) -> None:
    html = page_of(client, work, language)
    assert [word for word in words if word not in html] == []


def test_the_file_tells_its_version_checksum_and_downloads(client: Client, work: Work) -> None:
    html = page_of(client, work)
    edition = work.editions.get()
    assert edition.current_file
    assert edition.current_file.sha256 in html
    assert "<dd>12</dd>" in html
    EditionFileFactory(edition=edition, number=2)
    html = page_of(client, work)
    assert reverse("publications_files:download_version", args=[edition.reference, 1, edition.file_stem]) in html, "the older version stays"


@pytest.mark.parametrize(
    ("language", "deposit", "contents"),
    [("fr", "Dépôt légal", "Sommaire"), ("nl", "Wettelijk depot", "Inhoud"), ("en", "Legal deposit", "Contents")],
)
def test_isbn_deposit_number_and_contents_are_shown(client: Client, libraries: object, language: str, deposit: str, contents: str) -> None:
    work = WorkFactory()
    EditionFileFactory(edition=EditionFactory(work=work, isbn="979-9-0000-0041-7", legal_deposit="D/2024/00.000/7"))
    make_pages(work, contents="<ul><li>Arriver</li><li>Attendre</li></ul>")
    facts, headings, lists = parts_of_page(page_of(client, work, language))
    assert facts["ISBN"] == "979-9-0000-0041-7"
    assert facts[deposit] == "D/2024/00.000/7"
    assert contents in headings
    assert ["Arriver", "Attendre"] in lists


def test_each_of_two_editions_has_its_own_numbers(client: Client, libraries: object) -> None:
    work = WorkFactory()
    for language, place in (("fr", 1), ("nl", 2)):
        edition = EditionFactory(work=work, languages=[language], isbn=f"number {place}", legal_deposit=f"deposit {place}")
        EditionFileFactory(edition=edition)
    make_pages(work)
    facts, _headings, _lists = parts_of_page(page_of(client, work))
    assert (facts["ISBN (français)"], facts["ISBN (néerlandais)"]) == ("number 1", "number 2")
    assert (facts["Dépôt légal (français)"], facts["Dépôt légal (néerlandais)"]) == ("deposit 1", "deposit 2")


def test_what_is_unknown_is_not_shown(client: Client, work: Work) -> None:
    facts, headings, _lists = parts_of_page(page_of(client, work))
    assert "Éditeur" in facts
    assert {"ISBN", "Dépôt légal"} & set(facts) == set()
    assert "Sommaire" not in headings


def parts_of_page(text: str) -> tuple[dict[str, str], list[str], list[list[str]]]:
    """The facts beside the text, the headings, and the lists of the text. Shapes: {term: what}, [heading], [[item]]."""
    soup = BeautifulSoup(text, "html.parser")

    def words(tag: Any) -> str:
        return " ".join(tag.get_text(" ", strip=True).split())

    facts = {words(row.dt): words(row.dd) for row in soup.select("dl.facts--aside > div")}
    lists = [[words(item) for item in found.find_all("li")] for found in soup.select(".book-contents ul")]
    return facts, [words(heading) for heading in soup.find_all("h2")], lists


def test_how_downloads_are_counted_is_explained(client: Client, work: Work) -> None:
    assert "Comment nous comptons les téléchargements" in page_of(client, work)


@pytest.mark.parametrize(("language", "title"), [("fr", "Dieren en huurders"), ("en", "Dieren en huurders")])
def test_scholars_search_engines_find_what_they_need(client: Client, work: Work, language: str, title: str) -> None:
    html = page_of(client, work, language)
    tags = META.findall(html)
    assert ("citation_title", title) in tags
    assert ("citation_author", "Smes") in tags
    assert ("citation_publication_date", "2024") in tags
    assert ("citation_technical_report_number", "Connect 5") in tags
    assert [content for name, content in tags if name == "citation_language"] == ["fr", "nl"]
    (pdf,) = [content for name, content in tags if name == "citation_pdf_url"]
    assert client.get(pdf.removeprefix("http://testserver")).status_code == 200
    assert ("DC.publisher", "Smes") in tags
    found = LD.search(html)
    assert found
    data = json.loads(found.group(1))
    assert (data["@type"], data["inLanguage"], data["reportNumber"]) == ("Report", ["fr", "nl"], "Connect 5")
    assert data["workExample"][0]["encoding"]["contentUrl"] == pdf
    assert data["url"].endswith(f"/connect-5-{language}/")


@pytest.mark.parametrize(("is_tagged", "feature"), [(True, "taggedPDF"), (False, "none")])
def test_catalogues_of_accessible_books_read_whether_a_file_is_tagged(
    client: Client, libraries: object, is_tagged: bool, feature: str
) -> None:
    work = WorkFactory()
    EditionFileFactory(edition=EditionFactory(work=work), is_tagged=is_tagged)
    make_pages(work)
    found = LD.search(page_of(client, work))
    assert found
    assert json.loads(found.group(1))["workExample"][0]["accessibilityFeature"] == [feature]


def test_each_language_is_described_by_its_own_edition(client: Client, libraries: object) -> None:
    work = WorkFactory(licence=Licence.BY_SA)
    for language, title in (("fr", "Un titre"), ("nl", "Een titel")):
        EditionFileFactory(edition=EditionFactory(work=work, languages=[language], title=title))
    make_pages(work)
    for language, title in (("fr", "Un titre"), ("nl", "Een titel")):
        tags = META.findall(page_of(client, work, language))
        assert ("citation_title", title) in tags
        assert ("citation_language", language) in tags
        assert ("DC.rights", "https://creativecommons.org/licenses/by-sa/4.0/") in tags


def test_a_title_with_markup_breaks_neither_page_nor_data(client: Client, libraries: object) -> None:
    work = WorkFactory()
    EditionFileFactory(edition=EditionFactory(work=work, title='</script><b>"x" & y'))
    make_pages(work)
    html = page_of(client, work)
    assert "</script><b>" not in html
    found = LD.search(html)
    assert found
    assert json.loads(found.group(1))["name"] == '</script><b>"x" & y'


def test_what_is_on_the_shelf_is_not_offered_while_others_wait_for_it(client: Client, libraries: object) -> None:
    edition = EditionFactory(copies=3)
    make_pages(edition.work)
    assert "3 exemplaires restants" in page_of(client, edition.work)
    PaperOrderFactory(edition=edition, copies=5, status=OrderStatus.WAITING, queued_at=timezone.now())
    assert "exemplaires restants" not in page_of(client, edition.work), "as the form says"


def test_drafts_of_editions_do_not_show(client: Client, work: Work) -> None:
    EditionFactory(work=work, title="Encore un brouillon", status=EditionStatus.DRAFT)
    assert "Encore un brouillon" not in page_of(client, work)


def test_a_work_has_an_address_by_its_code_that_leads_to_the_readers_page(client: Client, work: Work) -> None:
    with translation.override("nl"):
        response = client.get(reverse("publications:by_code", args=["connect-5"]))
    assert response["Location"].endswith("/nl/publicaties/connect-5-nl/")
    with translation.override("nl"):
        assert client.get(reverse("publications:by_code", args=["connect-6"])).status_code == 404


def test_a_rich_work_costs_no_more_queries_than_a_bare_one(client: Client, work: Work) -> None:
    bare = WorkFactory()
    make_pages(bare)
    few = queries(client, bare)
    for number in range(6):
        WorkAuthorFactory(work=work, name=f"Équipe {number}")
        work.themes.add(ThemeFactory())
        EditionFileFactory(edition=EditionFactory(work=work, title=f"Édition {number}"))
        make_pages(WorkFactory(series=work.series, number=10 + number))
        WorkPageFactory(work=work, page=make_sheets(ModuleFactory())["fr"])
        WorkPlace.objects.create(work=work, place=PlaceFactory())
    assert queries(client, work) == few


@pytest.mark.parametrize("abstract", ["", "<p></p>", '<p data-block-key="a"> &nbsp;</p><ul><li></li></ul>'])
def test_the_abstract_is_required(abstract: str) -> None:
    page: Any = PublicationPage(title="x", slug="x", work=WorkFactory(), abstract=abstract)
    with pytest.raises(ValidationError) as refusal:
        page.full_clean(exclude=["path", "depth", "locale"])
    assert "abstract" in refusal.value.message_dict


def test_who_cannot_read_a_file_is_told_where_to_write_in_her_language(
    client: Client, work: Work, libraries: dict[str, LibraryPage]
) -> None:
    assert "difficile à lire" not in page_of(client, work), "nowhere to write yet"
    contact = {}
    for language in ("fr", "nl"):
        page = StandardPage(title="Contact", slug="contact", locale=libraries[language].locale, translation_key=CONTACT)
        contact[language] = libraries[language].get_parent().add_child(instance=page)
    LibraryPage.objects.update(contact_page=contact["fr"])
    assert f'href="{contact["fr"].url}"' in page_of(client, work).partition("difficile à lire")[2][:200]
    assert f'href="{contact["nl"].url}"' in page_of(client, work, "nl").partition("moeilijk leesbaar")[2][:200]


def test_a_title_in_another_language_is_read_aloud_in_its_own(client: Client, libraries: object) -> None:
    work = WorkFactory()
    edition = EditionFactory(work=work, languages=["nl"], title="Een titel", copies=9)
    make_pages(work)
    assert BeautifulSoup(page_of(client, work), "html.parser").select_one(".citation")["lang"] == "nl"  # type: ignore[index]
    with translation.override("fr"):
        form = client.get(reverse("publications:order", args=[edition.reference])).content.decode()
    assert BeautifulSoup(form, "html.parser").select_one(".page-header__intro [lang=nl]").get_text() == "Een titel"  # type: ignore[union-attr]
