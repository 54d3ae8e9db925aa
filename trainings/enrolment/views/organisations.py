"""JSON suggestions of organisations for the enrolment form."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.text.safety import without_control_characters
from trainings.enrolment.organisations import suggest_organisations

LONGEST = 60


@require_safe
@cache_control(public=True, max_age=3600)
def suggest(request: HttpRequest) -> HttpResponse:
    """Up to eight names of the public directory that hold `q`. Shape: {"organisations": [name, …]}."""
    words = " ".join(without_control_characters(request.GET.get("q", "")[:LONGEST]).split())
    return JsonResponse({"organisations": suggest_organisations(words)}, headers={"X-Robots-Tag": "noindex"})
