"""Pages behind a secret link: not indexed, not cached, their URL not sent to other sites."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from core.web.throttle import throttle

# Links that nobody knows, in ten minutes and from one network. A link that is known opens all the same: with 128 bits and more nobody
# guesses one, and a robot next door must not lock colleagues out of theirs.
UNKNOWN_LINKS = 60


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
    """404 for a link that is not, or no longer, one of ours. Raises TooManyRequests where somebody tries many."""
    throttle(request, scope="unknown-link", limit=UNKNOWN_LINKS)
    return TemplateResponse(request, "core/link_unknown.html", status=404)
