"""Reads of places for other apps."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q

from cartography.directory.entries import Entry, matching
from cartography.directory.freshness import FRESH, months_before
from cartography.enums import PlaceStatus, Region
from cartography.geo.drawing import Bubble, bubbles
from cartography.models import MapPage, Place


def latest_places(*, limit: int = 5, since: datetime.datetime | None = None) -> list[Place]:
    """The places newest on the map, with their sector. One query.

    `name`, `municipality` and `get_absolute_url()` follow the active language.
    """
    places = Place.objects.filter(status=PlaceStatus.PUBLISHED).select_related("sector").order_by("-published_at", "-pk")
    return list((places.filter(published_at__gte=since) if since else places)[:limit])


def place_counts(*, today: datetime.date) -> dict[str, int]:
    """`all`, `fresh` and one count a region (its NIS code). One query."""
    regions = {region: Count("pk", filter=Q(region=region)) for region in Region.values}
    fresh = Count("pk", filter=Q(checked_on__gte=months_before(today, FRESH)))
    counted = Place.objects.visible().aggregate(all=Count("pk"), fresh=fresh, **{f"region_{code}": each for code, each in regions.items()})
    return {name.removeprefix("region_"): count for name, count in counted.items()}


def places_for(search_text: str, *, language: str, today: datetime.date) -> list[Entry]:
    """The visible places that answer a search of the site, best first. One query."""
    entries = {entry.page_id: entry for entry in Place.objects.entries(language=language, today=today)}
    return [entries[key] for key in matching(entries.values(), search_text)]


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """The whole map in small: dots for `parts/drawing.html`, and how many real places it shows (examples are drawn, not counted)."""

    bubbles: list[Bubble]
    total: int
    in_brussels: int
    has_examples: bool


def drawn_map() -> DrawnMap | None:
    """All visible places as a drawing; None where there are none. One query."""
    dots = list(Place.objects.visible().only("lat", "lon", "region", "is_example"))
    if not dots:
        return None
    real = [dot for dot in dots if not dot.is_example]
    in_brussels = sum(dot.region == Region.BRUSSELS for dot in real)
    return DrawnMap(bubbles(dots), len(real), in_brussels, has_examples=len(real) < len(dots))


def map_page(language: str) -> MapPage | None:
    """The live page of the map in a language. One query."""
    return MapPage.objects.live().filter(locale__language_code=language).select_related("locale").first()


def visible_places() -> list[tuple[str, datetime.datetime | None]]:
    """Slug and last change of every place readers may see: for the sitemap. One query."""
    return list(Place.objects.visible().order_by("slug").values_list("slug", "updated_at"))
