"""Fixtures of the newsletter's stories."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english() -> object:
    """Stories are told in English; those about other languages say so."""
    with translation.override("en"):
        yield
