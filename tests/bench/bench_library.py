"""`make bench`: a word that stands on every page of a thousand is found without splitting those pages into words anew, to rank them."""

import time
from collections.abc import Callable

import pytest
from django.db import connection

from publications.models import PageText
from tests.publications.factories import EditionFileFactory

FILES, PAGES = 3, 300
TEXT = " ".join(f"mot{n} logement" for n in range(200))
READ_ALL = "SELECT max(length(to_tsvector('smes_fr', text))) FROM publications_pagetext"
# Of the time it takes to split all of them. Splitting and ranking them took longer than that.
MOST = 0.5


def fastest(work: Callable[[], object]) -> float:
    """Seconds, the best of three."""
    times = []
    for _turn in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def read_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute(READ_ALL)


@pytest.mark.django_db
def bench_a_word_that_stands_on_every_page(capsys: pytest.CaptureFixture[str]) -> None:
    files = EditionFileFactory.create_batch(FILES)
    PageText.objects.bulk_create(
        PageText(file=file, page=page, language="fr", text=TEXT, folded=TEXT) for file in files for page in range(10, 10 + PAGES)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE publications_pagetext")
    assert len(PageText.objects.best_pages("logement", language="fr")) == FILES
    found = fastest(lambda: PageText.objects.best_pages("logement", language="fr"))
    split = fastest(read_all)
    with capsys.disabled():
        print(
            f"\na word on {FILES * PAGES} pages: found in {found * 1000:.0f} ms; to split them all: {split * 1000:.0f} ms. Bar: {MOST:.0%}"
        )
    assert found < split * MOST
