"""Error pages: what happened, what is not lost, where to go on."""

import sys

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.template.response import TemplateResponse

from core.monitoring.request_ids import current_id
from core.pages.nearest import nearest_above
from core.views.unavailable import service_unavailable
from core.web.failures import is_passing
from core.web.throttle import too_many_page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that came without its token: nothing was sent, and what was typed is one step back."""
    return TemplateResponse(request, "errors/csrf.html", status=403).render()


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page exists, for others."""
    return TemplateResponse(request, "errors/403.html", status=403).render()


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 with the search form, filled with the words of the URL."""
    words = request.path.rstrip("/").rpartition("/")[2].replace("-", " ").replace("_", " ")[:60]
    context = {"words": words, "elsewhere": _nearest_above(request)}
    return TemplateResponse(request, "errors/404.html", context, status=404).render()


def _nearest_above(request: HttpRequest) -> dict[str, str]:
    """Where the language switcher of a missing page leads: in each language the nearest page above it that exists, else home."""
    homes = {code: f"/{code}/" for code, _name in settings.LANGUAGES}
    try:
        return homes | nearest_above(request)
    except DatabaseError:
        return homes


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429 of allauth's own limits, which do not say how long; those of ours: `core.web.throttle`."""
    return too_many_page(request).render()


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the URL or the form cannot be read, or the request is for another host, whose name no page of ours may repeat."""
    if isinstance(exception, DisallowedHost):
        return HttpResponse(loader.get_template("errors/foreign_host.html").render({}), status=400)
    return TemplateResponse(request, "errors/400.html", status=400).render()


def server_error(request: HttpRequest) -> HttpResponse:
    """500, in the three languages and without any query, with the id somebody can quote; 503 where an engine the site stands on is away."""
    if is_passing(sys.exception()):
        return service_unavailable(request)
    return HttpResponse(loader.get_template("errors/500.html").render({"request_id": current_id()}), status=500)
