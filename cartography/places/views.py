"""Public pages: a place, the print sheet, and the freshness of the map."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from cartography.directory.freshness import is_fresh
from cartography.directory.listing import DIRECTORY, PlaceBrowser
from cartography.enums import PlaceStatus
from cartography.geo.drawing import bubbles, marker
from cartography.models import Place
from cartography.places.selectors import map_page
from cartography.places.statistics import age_bars, region_bars, sector_bars
from cartography.places.structured_data import place_data
from core import clock
from core.browsing.listing import chips
from core.browsing.state import State
from core.languages import current_language
from core.pages.related import related_cards
from core.views.private import link_unknown

MOST_ON_PAPER = 500


@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """One place in one language. A withdrawn one is 410: it was here, and says so."""
    found = Place.objects.select_related("sector").filter(slug=slug).first()
    if found is None or not (found.is_visible or found.status == PlaceStatus.WITHDRAWN):
        return link_unknown(request)
    language = current_language()
    context = {"place": found, "map_page": map_page(language)}
    if not found.is_visible:
        return TemplateResponse(request, "cartography/place_withdrawn.html", context, status=410)
    return TemplateResponse(request, "cartography/place.html", context | _shown(found, language, request))


def _shown(found: Place, language: str, request: HttpRequest) -> dict[str, Any]:
    own_words = getattr(found, f"summary_{language}")
    return {
        "summary": own_words or found.summary_fr,
        "is_summary_french": language != "fr" and not own_words and bool(found.summary_fr),
        "is_fresh": is_fresh(found.checked_on, clock.today()),
        "marker": marker(found.lat, found.lon, found.region, is_exact=found.is_point_placed),
        "related_cards": related_cards(found, language=language),
        "data": place_data(found, url=request.build_absolute_uri(request.path)),
    }


@require_safe
def print_sheet(request: HttpRequest) -> HttpResponse:
    """List and drawing of what was asked for, on white paper. At most 500 places."""
    language = current_language()
    state = State.from_query(request.GET, DIRECTORY)
    entries = Place.objects.found(state, language=language, today=clock.today())
    shown = entries[:MOST_ON_PAPER]
    places = Place.objects.select_related("sector").in_bulk([entry.page_id for entry in shown])
    context = {
        "state": state,
        "choices": chips(state, PlaceBrowser().labels(entries)),
        "places": [places[entry.page_id] for entry in shown],
        "total": len(entries),
        "bubbles": bubbles(entries),
        "map_page": map_page(language),
        "today": clock.today(),
    }
    return TemplateResponse(request, "cartography/print_sheet.html", context)


@require_safe
def freshness(request: HttpRequest) -> HttpResponse:
    """How old what the map says is, by age, sector and region: drawn, and as tables."""
    today = clock.today()
    places = list(Place.objects.visible().values("checked_on", "region", "sector_id", "status"))
    context = {
        "total": len(places),
        "fresh": sum(is_fresh(each["checked_on"], today) for each in places),
        "to_confirm": sum(each["status"] == PlaceStatus.TO_CONFIRM for each in places),
        "ages": age_bars(places, today=today),
        "sectors": sector_bars(places),
        "regions": region_bars(places),
        "map_page": map_page(current_language()),
        "today": today,
    }
    return TemplateResponse(request, "cartography/freshness.html", context)
