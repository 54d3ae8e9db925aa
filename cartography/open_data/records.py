"""A place as a record of the open data."""

from collections.abc import Iterator
from typing import Any

from cartography.enums import Precision
from cartography.geo import belgium
from cartography.models import Place
from cartography.open_data.geojson import LICENCE

PIECE = 200


def open_records(ids: list[int]) -> Iterator[dict[str, Any]]:
    """The public facts of some places, in the order given, read some at a time. Nothing internal, no secret."""
    for start in range(0, len(ids), PIECE):
        wanted = ids[start : start + PIECE]
        rows = Place.objects.filter(pk__in=wanted).select_related("sector").in_bulk()
        yield from (_record(rows[pk]) for pk in wanted if pk in rows)


def _record(place: Place) -> dict[str, Any]:
    found = belgium.municipality(place.nis)
    same = ("name_fr", "name_nl", "practices", "role_names", "since", "headcount", "languages", "summary_fr", "summary_nl", "summary_en")
    more = ("street", "postal_code", "region", "precision", "email", "phone", "website", "status", "provenance", "source", "checked_by")
    return {
        "id": place.slug,
        **{name: getattr(place, name) for name in (*same, *more)},
        "sector": place.sector.slug,
        "open_to_placements": place.is_open_to_placements,
        "municipality_nis": place.nis,
        "municipality_fr": found.name_fr if found else "",
        "municipality_nl": found.name_nl if found else "",
        "latitude": round(place.lat, 5),
        "longitude": round(place.lon, 5),
        "point": Precision.ADDRESS if place.is_point_placed else Precision.MUNICIPALITY,
        "checked_on": place.checked_on.isoformat() if place.checked_on else "",
        "example": place.is_example,
        "licence": LICENCE,
    }
