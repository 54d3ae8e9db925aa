"""Facets, labels and sort orders of the map's list."""

import datetime
from collections.abc import Iterable, Sequence
from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cartography.directory.entries import Entry
from cartography.enums import Practice, Region, ServiceLanguage
from core.browsing.listing import Browser, Labels, Listing, by_name, declared
from core.browsing.state import ListingSpec
from core.text.comparison import folded

MAP_VIEW = "map"
DIRECTORY = ListingSpec(
    facets=("sector", "practice", "region", "language", "checked", "placement"),
    sorts=("name", "municipality", "checked"),
    views=(MAP_VIEW,),
)
PlaceListing = Listing[Entry]


class PlaceBrowser(Browser[Entry]):
    """Every facet is the place's own."""

    spec = DIRECTORY
    per_page = 24
    legends: ClassVar = {
        "sector": _("Sector"),
        "practice": _("Peer practice"),
        "region": _("Region"),
        "language": _("Language of the service"),
        "checked": _("Information"),
        "placement": _("Trainees"),
    }
    sort_names: ClassVar = {
        "name": pgettext_lazy("order", "name"),
        "municipality": pgettext_lazy("order", "municipality"),
        "checked": pgettext_lazy("order", "last checked"),
    }

    def values(self, entry: Entry, variant: Entry, facet: str) -> Sequence[str]:
        match facet:
            case "sector":
                return (entry.sector,)
            case "practice":
                return entry.practices
            case "region":
                return (entry.region,)
            case "language":
                return entry.languages
            case "checked":
                return ("12",) if entry.is_fresh else ()
        return ("yes",) if entry.is_open_to_placements else ()

    def searchable_text(self, entry: Entry) -> str:
        return f"{entry.name} {entry.municipality}"

    def in_order(self, entries: Iterable[Entry], order: str) -> list[Entry]:
        match order:
            case "municipality":
                return sorted(entries, key=lambda entry: (folded(entry.municipality), folded(entry.name)))
            case "checked":
                return sorted(entries, key=lambda entry: (-(entry.checked_on or datetime.date.min).toordinal(), folded(entry.name)))
        return sorted(entries, key=lambda entry: folded(entry.name))

    def labels(self, entries: Iterable[Entry]) -> Labels:
        """Sectors by name, the rest as declared."""
        return {
            "sector": by_name({entry.sector: entry.sector_name for entry in entries}),
            "practice": declared(Practice.choices),
            "region": declared(Region.choices),
            "language": declared(ServiceLanguage.choices),
            "checked": {"12": str(_("checked in the last 12 months"))},
            "placement": {"yes": str(_("open to placements"))},
        }
