"""What the map says of a year."""

import datetime
from typing import Any

from cartography.enums import PlaceStatus
from cartography.figures import SOURCES
from cartography.models import Place, PlaceTransition
from tests.cartography.factories import PlaceFactory
from tests.core.factories import SectorFactory
from tests.core.figures.reading import counted, opens_what_it_counts, parts, scope_of

IN_2025 = datetime.datetime(2025, 5, 12, 9, tzinfo=datetime.UTC)
IN_2026 = datetime.datetime(2026, 5, 12, 9, tzinfo=datetime.UTC)


def change(place: Place, to: str, at: datetime.datetime) -> None:
    PlaceTransition.objects.create(place=place, to_status=to, at=at)


def test_places_at_the_end_of_each_year(db: None) -> None:
    """Whatever became of them since."""
    homeless, health = SectorFactory(slug="homeless"), SectorFactory(slug="health")
    gone = PlaceFactory(sector=homeless, published_at=IN_2025)
    PlaceFactory(sector=homeless, published_at=IN_2025)
    PlaceFactory(sector=health, published_at=IN_2026)
    PlaceFactory(sector=health, is_draft=True)
    change(gone, PlaceStatus.WITHDRAWN, IN_2026)
    assert parts(SOURCES, "map_sector", 2025) == {"homeless": 2}
    assert parts(SOURCES, "map_sector", 2026) == {"homeless": 1, "health": 1}
    assert counted(SOURCES, "map_places", 2026).value == 2
    assert opens_what_it_counts(SOURCES) == []


def test_a_place_to_be_confirmed_is_still_there(db: None) -> None:
    change(PlaceFactory(published_at=IN_2025), PlaceStatus.TO_CONFIRM, IN_2026)
    assert counted(SOURCES, "map_places", 2026).value == 1


def test_one_query_whatever_the_places(db: None, django_assert_num_queries: Any) -> None:
    for _number in range(5):
        PlaceFactory(published_at=IN_2026)
    with django_assert_num_queries(1):
        SOURCES[0].read(scope_of(2026))
