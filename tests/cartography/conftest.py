"""What tests of the map share."""

import datetime

import pytest
from django.utils import timezone

from cartography.models import MapPage
from tests.cartography.factories import make_map

# A moment the tests of the ladder count from.
NOW = datetime.datetime(2026, 11, 24, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def now() -> datetime.datetime:
    return NOW


@pytest.fixture
def today() -> datetime.date:
    return timezone.localtime(NOW).date()


@pytest.fixture
def maps(db: None) -> dict[str, MapPage]:
    return make_map()
