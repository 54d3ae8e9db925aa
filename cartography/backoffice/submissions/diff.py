"""Differences between a submission and the record, in words for the moderator."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cartography.enums import Headcount, Practice, Precision, RoleName, ServiceLanguage
from cartography.geo import belgium
from cartography.models import EDITABLE, Place
from cartography.places.data import PlaceData
from core.models import Sector

CODES: dict[str, Any] = {
    "practices": Practice,
    "role_names": RoleName,
    "languages": ServiceLanguage,
    "headcount": Headcount,
    "precision": Precision,
}


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
    sectors = {sector.slug: sector.name for sector in Sector.objects.all()}
    rows = [
        Difference(
            label=str(getattr(Place._meta.get_field(name), "verbose_name", name)),
            before=_shown(name, before.get(name), sectors),
            after=_shown(name, values.get(name), sectors),
        )
        for name in EDITABLE
        if name in values
    ]
    return [row for row in rows if (row.is_change if place else row.after)]


def _shown(name: str, value: Any, sectors: dict[str, str]) -> str:
    if value in (None, "", []):
        return ""
    if name == "sector":
        return sectors.get(value, value)
    if name == "nis":
        found = belgium.municipality(value)
        return found.both_names if found else value
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in CODES:
        words = dict(CODES[name].choices)
        return ", ".join(str(words.get(code, code)) for code in (value if isinstance(value, list) else [value]))
    return str(value)
