"""The communication officer and a colleague who may do nothing here."""

import pytest
from django.test import Client

from tests.core.people import browser_of, member


@pytest.fixture
def officer(db: None) -> Client:
    return browser_of(member("Communication officer", first_name="Ines", last_name="Exemple"))


@pytest.fixture
def coordinator(db: None) -> Client:
    return browser_of(member("Coordinator"))
