"""Fixtures of publications."""

import shutil
from collections.abc import Iterator

import pytest
from django.core.files.storage import storages

from publications.models import LibraryPage
from tests.publications.factories import make_library


@pytest.fixture(autouse=True, scope="session")
def _files_of_tests() -> Iterator[None]:
    """Files the tests wrote do not outlive them."""
    yield
    shutil.rmtree(storages["private"].location, ignore_errors=True)  # type: ignore[attr-defined]


@pytest.fixture
def libraries(db: None) -> dict[str, LibraryPage]:
    return make_library()
