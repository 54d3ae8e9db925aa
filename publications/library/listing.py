"""Facets, labels and sort orders of the library."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.browsing.listing import Browser, Labels, Listing, by_name, declared
from core.browsing.state import ListingSpec
from core.languages import NAMES
from core.models.vocabulary import Programme
from core.text.comparison import folded
from publications.library.entries import PAPER, PDF, RECORD, Entry

LIBRARY = ListingSpec(facets=("series", "theme", "programme", "year", "language", "format"), sorts=("recent", "title"))
FORMATS = {
    PDF: _("to download (PDF)"),
    PAPER: _("on paper"),
    # Translators: a publication the library only describes: no file, no copy.
    RECORD: _("reference only"),
}
LibraryListing = Listing[Entry]


class LibraryBrowser(Browser[Entry]):
    """Works, the latest first."""

    spec = LIBRARY
    per_page = 12
    legends: ClassVar = {
        "series": _("Series"),
        "theme": _("Theme"),
        "programme": _("Programme"),
        "year": _("Year"),
        "language": _("Language of the text"),
        "format": pgettext_lazy("publication", "Format"),
    }
    sort_names: ClassVar = {
        # Translators: orders of a list, after the words "Sort by".
        "recent": pgettext_lazy("order", "latest first"),
        "title": pgettext_lazy("order", "title"),
    }

    def values(self, entry: Entry, variant: Any, facet: str) -> tuple[str, ...]:
        return entry.values(facet)

    def searchable_text(self, entry: Entry) -> str:
        return f"{entry.title} {' '.join(entry.themes.values())}"

    def in_order(self, entries: Iterable[Entry], order: str) -> list[Entry]:
        if order == "title":
            return sorted(entries, key=lambda entry: folded(entry.title))
        return sorted(entries, key=_latest_first)

    def labels(self, entries: Iterable[Entry]) -> Labels:
        """Series and themes by name, years from the latest, the rest as declared."""
        series: dict[str, str] = {}
        themes: dict[str, str] = {}
        years: set[int] = set()
        for entry in entries:
            themes |= entry.themes
            years.add(entry.year)
            if entry.series:
                series[entry.series] = entry.series_name
        return {
            "series": by_name(series),
            "theme": by_name(themes),
            "programme": declared(Programme.choices),
            "year": {str(year): str(year) for year in sorted(years, reverse=True)},
            "language": declared(NAMES.items()),
            "format": declared(FORMATS.items()),
        }


def _latest_first(entry: Entry) -> tuple[int, int, int, str]:
    """By year, then by day where one is known, then by number in the series."""
    day = entry.published_on.toordinal() if entry.published_on else 0
    return -entry.year, -day, -(entry.number or 0), folded(entry.title)
