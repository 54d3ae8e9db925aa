"""Figures for Prometheus, for who holds the token."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from core import clock
from core.monitoring.figures import exposition


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """200 with `Authorization: Bearer <METRICS_TOKEN>`; for anybody else the page does not exist."""
    expected = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not expected or not constant_time_compare(given, expected):
        raise Http404
    return HttpResponse(exposition(now=clock.now()), content_type=CONTENT_TYPE_LATEST)
