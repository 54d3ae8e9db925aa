"""Error pages that help: what happened, what is not lost, where to go."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that came without its token: nothing was saved, reload and send again."""
    return TemplateResponse(request, "errors/csrf.html", status=403)
