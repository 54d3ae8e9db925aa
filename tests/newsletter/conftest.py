"""Fixtures of the newsletter's stories."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from tests.core.sink import Sink, listening


@pytest.fixture(autouse=True)
def _english() -> object:
    """Stories are told in English; those about other languages say so."""
    with translation.override("en"):
        yield


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """The newsletter goes to a real SMTP server, and a sender in trouble does not wait before it tries again."""
    settings.NEWSLETTER_DB_RETRY_SECONDS = 0
    with listening() as sink:
        settings.MAILERS = sink.mailers
        yield sink
