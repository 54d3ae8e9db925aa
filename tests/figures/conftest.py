"""The report with a subject of its own, and who reads it."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.core.people import browser_of, member, verified_browser_of
from tests.figures.sources import SOURCE, only


@pytest.fixture
def source() -> Iterator[None]:
    """Nothing but the subject of `tests.figures.sources` is counted."""
    with only(SOURCE):
        yield


@pytest.fixture
def direction(db: None) -> Client:
    return verified_browser_of(member("Direction"))


@pytest.fixture
def coordinator(db: None) -> Client:
    """Runs the trainings, which belong to Support."""
    return browser_of(member("Coordinator"))
