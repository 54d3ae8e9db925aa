"""List and map for the iframe of a partner's site. Only sites in MAP_FRAME_HOSTS may embed it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from cartography.geo.street_tiles import allow_tiles
from cartography.models.pages import directory_context
from cartography.places.selectors import map_page
from core.languages import current_language


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest) -> HttpResponse:
    """The same list and map without header and footer; its links leave the frame."""
    language = current_language()
    context = directory_context(request, language) | {"map_page": map_page(language), "is_embedded": True}
    response = render(request, "cartography/embed.html", context)
    return allow_tiles(response, **{"frame-ancestors": [CSP.SELF, *settings.MAP_FRAME_HOSTS]})
