"""A thousand works, and words on every page: the same queries as for a dozen (how long it takes: tests/bench/bench_library.py)."""

import gzip
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.text.comparison import folded
from publications.enums import FileState
from publications.models import Edition, EditionFile, LibraryPage, PageText, PublicationPage, StockMove, Work, WorkAuthor
from tests.core.factories import OrganisationFactory, ThemeFactory
from tests.core.page_tree import create_pages
from tests.html import texts
from tests.publications.browsing import library, titles
from tests.publications.factories import SeriesFactory

pytestmark = pytest.mark.django_db


def fill(count: int) -> None:
    """Works with pages, themes, two authors, and editions with a file, a cover and words on its pages; in few statements."""
    series, themes = SeriesFactory(), [ThemeFactory() for _number in range(4)]
    organisation = OrganisationFactory()
    library_page = LibraryPage.objects.get(locale__language_code="fr")
    first = Work.objects.count()
    works = Work.objects.bulk_create(
        Work(code=f"w{n}", name=f"W {n}", kind="report", year=2000 + n % 25, series=series, number=n) for n in range(first, first + count)
    )
    editions = Edition.objects.bulk_create(
        Edition(work=work, reference=f"R{work.pk:07d}"[:8], languages=["fr"], title=work.name, status="published", is_orderable=True)
        for work in works
    )
    files = EditionFile.objects.bulk_create(
        EditionFile(
            edition=edition, number=1, state=FileState.READY, file="x.pdf", cover="x.webp", sha256="0" * 64, uploaded_at=timezone.now()
        )
        for edition in editions
    )
    for edition, file in zip(editions, files, strict=True):
        edition.current_file = file
    Edition.objects.bulk_update(editions, ["current_file"])
    words = "une muselière et un carnet de vaccination"
    PageText.objects.bulk_create(
        PageText(file=file, page=page, language="fr", text=words, folded=folded(words)) for file in files for page in (2, 3)
    )
    StockMove.objects.bulk_create(StockMove(edition=edition, kind="printed", quantity=9, at=timezone.now()) for edition in editions)
    WorkAuthor.objects.bulk_create(WorkAuthor(work=work, organisation=organisation, sort_order=0) for work in works)
    WorkAuthor.objects.bulk_create(WorkAuthor(work=work, name="Équipe d’exemple", sort_order=1) for work in works)
    links = Work.themes.through
    links.objects.bulk_create(links(work=work, theme=themes[n % 4]) for n, work in enumerate(works))
    create_pages(
        library_page,
        [
            PublicationPage(title=f"Titre {work.code}", slug=work.code, locale=library_page.locale, work=work, abstract="<p>x</p>")
            for work in works
        ],
    )


def queries(client: Client, query: str = "") -> int:
    library(client, query)
    with CaptureQueriesContext(connection) as captured:
        library(client, query)
    assert len(captured) <= 12, [each["sql"][:150] for each in captured]
    return len(captured)


def test_a_thousand_works_cost_no_more_queries_than_twelve(client: Client, connect: Work) -> None:
    fill(11)
    asked = ("", "?q=vaccination", "?q=zzzz", "?page=1&sort=title", "?format=pdf&format=paper&language=fr")
    few = [queries(client, query) for query in asked]
    fill(988)
    assert Work.objects.count() == 1000
    assert [queries(client, query) for query in asked] == few
    html = library(client, "?q=vaccination")
    assert (len(titles(html)), len(texts(html, ".book__hit"))) == (12, 12), "each book of the page has its hit"
    for query in ("?q=vaccination", "?q=vaccination&sort=title", "?q=vaccination&page=40"):
        assert library(client, query).count("<mark>vaccination</mark>") == 12, "and what stands around it, however far down the list"
    assert len(re.findall(r'class="book-cover">\s*<img src="/files/R', html)) >= 11, "and its cover, but for Connect 5 perhaps"


def test_the_page_is_light(client: Client, connect: Work) -> None:
    fill(30)
    assert len(gzip.compress(library(client).encode())) < 12_000
