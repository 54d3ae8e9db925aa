"""Facets, labels and sort orders of the catalogue."""

import datetime
from collections.abc import Iterable, Sequence
from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.browsing.listing import Browser, Labels, Listing, by_name, declared
from core.browsing.state import ListingSpec
from core.languages import NAMES
from core.models.vocabulary import Programme
from core.text.comparison import folded
from trainings.catalogue.entries import ONLINE, Entry, Offer
from trainings.enums import Format

OF_MODULES = ("theme", "programme", "format")
CATALOGUE = ListingSpec(facets=("theme", "programme", "language", "format", "period", "place", "seats"), sorts=("date", "title"))
PERIODS = {
    "soon": _("in the next 3 months"),
    "later": _("later"),
    "dated": _("with a date"),
    "undated": _("no date yet"),
}
CatalogueListing = Listing[Entry]


class CatalogueBrowser(Browser[Entry]):
    """Facets of sessions (language, period, place, seats) must hold for one and the same session."""

    spec = CATALOGUE
    legends: ClassVar = {
        "theme": _("Theme"),
        "programme": _("Programme"),
        "language": _("Language of the session"),
        "format": _("Format"),
        "period": _("When"),
        "place": _("Where"),
        "seats": _("Seats"),
    }
    sort_names: ClassVar = {
        # Translators: orders of a list, after the words "Sort by".
        "date": pgettext_lazy("order", "next date"),
        "title": pgettext_lazy("order", "title"),
    }

    def variants(self, entry: Entry) -> list[Offer]:
        return entry.offers

    def note_matches(self, entry: Entry, matching: Sequence[Offer]) -> None:
        entry.matching = list(matching)

    def values(self, entry: Entry, variant: Offer, facet: str) -> tuple[str, ...]:
        return (entry.value(facet),) if facet in OF_MODULES else variant.values(facet)

    def searchable_text(self, entry: Entry) -> str:
        return f"{entry.title} {entry.theme_name}"

    def in_order(self, entries: Iterable[Entry], order: str) -> list[Entry]:
        if order == "title":
            return sorted(entries, key=lambda entry: folded(entry.title))
        return sorted(entries, key=_by_date)

    def labels(self, entries: Iterable[Entry]) -> Labels:
        """Themes and places by name, the rest as declared."""
        themes: dict[str, str] = {}
        places: dict[str, str] = {}
        for entry in entries:
            themes[entry.theme] = entry.theme_name
            places |= {offer.place: offer.place_name for offer in entry.offers if offer.place}
        return {
            "theme": by_name(themes),
            "programme": declared(Programme.choices),
            "language": declared(NAMES.items()),
            "format": declared(Format.choices),
            "period": declared(PERIODS.items()),
            "place": by_name(places) | {ONLINE: str(_("online"))},
            "seats": {"free": str(_("seats are free"))},
        }


def _by_date(entry: Entry) -> tuple[bool, datetime.datetime | int, int]:
    """Dated modules first, soonest first; the others by their number."""
    if entry.shown and entry.shown.starts_at:
        return False, entry.shown.starts_at, entry.number
    return True, entry.number, entry.number
