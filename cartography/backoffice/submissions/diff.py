"""Differences between a submission and the record, in words for the moderator."""

from dataclasses import dataclass
from typing import Any

from cartography.models import EDITABLE, Place
from cartography.places.data import PlaceData
from cartography.places.words import in_words, sector_names


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what stands there, what would."""

    label: str
    before: str
    after: str

    @property
    def is_change(self) -> bool:
        return self.before != self.after


def differences(place: Place | None, values: dict[str, Any]) -> list[Difference]:
    """Of an edit the fields that change; of a proposal (no place) everything it says."""
    before = PlaceData.of(place).as_json() if place else {}
    sectors = sector_names()
    rows = [
        Difference(
            label=str(getattr(Place._meta.get_field(name), "verbose_name", name)),
            before=in_words(name, before.get(name), sectors),
            after=in_words(name, values.get(name), sectors),
        )
        for name in EDITABLE
        if name in values
    ]
    return [row for row in rows if (row.is_change if place else row.after)]
