"""The page with list and map, one per language. The places are rows, not pages."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cartography.directory.entries import Entry, matching
from cartography.directory.listing import DIRECTORY, PlaceBrowser, PlaceListing
from cartography.geo.drawing import bubbles
from cartography.geo.street_tiles import allow_tiles, tile_layer
from cartography.models.places import Place
from core import clock
from core.browsing.state import State
from core.models import BasePage


class MapPage(BasePage):
    """List and map of the places that work with peers."""

    about = RichTextField(_("about this map"), features=["h3", "bold", "italic", "ul", "link"], blank=True)

    template = "cartography/map_page.html"
    parent_page_types: ClassVar = ["home.HomePage", "home.ProgrammePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("about")]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("about")]

    class Meta:
        verbose_name = _("map of places")
        verbose_name_plural = _("maps of places")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | directory_context(request, self.locale.language_code)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return allow_tiles(response)


def directory_context(request: HttpRequest, language: str) -> dict[str, Any]:
    """List, drawing and what the map in the browser needs. One query, whatever the number of places and the words looked for."""
    state = State.from_query(request.GET, DIRECTORY)
    entries: list[Entry] = Place.objects.entries(language=language, today=clock.today())
    best = matching(entries, state.search_text) if state.search_text else None
    browser = PlaceBrowser()
    listing: PlaceListing = browser.listing(entries, state, best=best, base_url="")
    for entry in listing.cards:
        entry.url = reverse("cartography:place", args=[entry.slug])
    within = entries if best is None else [entry for entry in entries if entry.page_id in set(best)]
    found = browser.apply(within, state).entries
    return {
        "listing": listing,
        "bubbles": bubbles(found),
        "data_query": state.without_page.query,
        "list_query": state.with_view("").query,
        "map_query": state.with_view("map").query,
        "tiles": tile_layer(),
        "place_count": len(entries),
        "fresh_count": sum(entry.is_fresh for entry in entries),
    }
