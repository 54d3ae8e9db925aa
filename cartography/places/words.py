"""The values of a place as people read them: for the moderator, and in what an import says it changes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cartography.enums import Headcount, Practice, Precision, RoleName, ServiceLanguage
from cartography.geo import belgium
from core.models import Sector

CODES: dict[str, Any] = {
    "practices": Practice,
    "role_names": RoleName,
    "languages": ServiceLanguage,
    "headcount": Headcount,
    "precision": Precision,
}


def sector_names() -> dict[str, str]:
    """Name by code, in the active language."""
    return {sector.slug: sector.name for sector in Sector.objects.all()}


def in_words(name: str, value: Any, sectors: Mapping[str, str]) -> str:
    """One value of a `PlaceData`; nothing for what is empty."""
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
