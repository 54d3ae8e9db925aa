"""Fixtures of publications."""

import shutil
from collections.abc import Iterator

import pytest
from django.core.files.storage import storages

from publications.models import LibraryPage, Work
from tests.publications.factories import (
    DownloadCountFactory,
    EditionFactory,
    EditionFileFactory,
    SeriesFactory,
    WorkAuthorFactory,
    WorkFactory,
    make_library,
    make_pages,
)

PDF_WORDS = "Avant d’emménager, une muselière et un carnet de vaccination règlent plus de choses qu’un règlement. <b>Gras</b>"


@pytest.fixture(autouse=True, scope="session")
def _files_of_tests() -> Iterator[None]:
    """Files the tests wrote do not outlive them."""
    yield
    shutil.rmtree(storages["private"].location, ignore_errors=True)  # type: ignore[attr-defined]


@pytest.fixture
def libraries(db: None) -> dict[str, LibraryPage]:
    return make_library()


@pytest.fixture
def connect(libraries: dict[str, LibraryPage]) -> Work:
    """A bilingual work with words that stand only inside its file, on page 2."""
    work: Work = WorkFactory(code="connect-5", series=SeriesFactory(slug="connect", name_fr="Connect"), number=5, programme="connect")
    edition = EditionFactory(work=work, languages=["fr", "nl"], copies=5)
    EditionFileFactory(edition=edition, texts=("Couverture", PDF_WORDS + " Een muilkorf en huisbezoeken."))
    make_pages(work, title_fr="Animaux et locataires", title_nl="Dieren en huurders", title_en="Animals and tenants")
    return work


@pytest.fixture
def work(libraries: dict[str, LibraryPage]) -> Work:
    """Connect 5: one bilingual volume with a file and 30 copies."""
    work: Work = WorkFactory(
        code="connect-5",
        kind="issue",
        series=SeriesFactory(name_fr="Connect", name_nl="Connect", name_en="Connect"),
        number=5,
        programme="connect",
    )
    WorkAuthorFactory(work=work, name="Smes")
    edition = EditionFactory(work=work, languages=["fr", "nl"], title="Dieren en huurders", copies=30)
    EditionFileFactory(edition=edition)
    DownloadCountFactory(edition=edition, count=12)
    make_pages(work, title_fr="Animaux et locataires", title_nl="Dieren en huurders", title_en="Animals and tenants")
    return work
