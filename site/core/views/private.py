"""Pages behind a secret link: never indexed, never kept, never told to the next site."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

View = Callable[..., HttpResponse]


def private_page(view: View) -> View:
    """Marks the answer: not for search engines, not for caches, no address in a Referer to other sites."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return marked


def link_unknown(request: HttpRequest) -> HttpResponse:
    """404 for a link that is not, or no longer, one of ours."""
    return TemplateResponse(request, "core/link_unknown.html", status=404)
