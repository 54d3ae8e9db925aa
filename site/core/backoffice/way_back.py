"""The way back to the list somebody came from: `?next=` on a screen of the back-office, kept until its form is saved."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from wagtail.admin.utils import get_valid_next_url_from_request

PARAMETER = "next"


def way_back(request: HttpRequest) -> str:
    """The page of this site the reader came from, if the URL says so; empty for any other site."""
    return str(get_valid_next_url_from_request(request) or "")


def with_way_back(url: str, back: str) -> str:
    """The URL of a screen that leads back to `back`. Keeps its query and its fragment."""
    if not back:
        return url
    path, hash_sign, fragment = url.partition("#")
    sign = "&" if "?" in path else "?"
    return f"{path}{sign}{urlencode({PARAMETER: back})}{hash_sign}{fragment}"


class WayBackMixin:
    """A form of a row that leads back once it is saved."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        back = way_back(self.request)
        return redirect(back) if back and 300 <= response.status_code < 400 else response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"action_url": with_way_back(context["action_url"], way_back(self.request))}
