"""Pages behind a secret link: not indexed, not cached, their URL not sent to other sites."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse


def private_page[Response: HttpResponseBase](view: Callable[..., Response]) -> Callable[..., Response]:
    """Sets the headers: not for search engines, not for caches, no URL in the Referer to other sites."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return marked


def link_unknown(request: HttpRequest) -> HttpResponse:
    """404 for a link that is not, or no longer, one of ours."""
    return TemplateResponse(request, "core/link_unknown.html", status=404)
