"""429 Too Many Requests: when it is answered, what the page says, and from when on one may come back (`Retry-After`)."""

import datetime
import math
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from core import clock
from core.web.client import client_network
from core.web.ratelimit import check_rate_limit, used

TEN_MINUTES = datetime.timedelta(minutes=10)
# From one network in ten minutes. After a training of forty, forty colleagues behind one connection fetch their certificates.
DOCUMENTS, DOWNLOADS = 120, 300


class TooManyRequests(Exception):
    """The reader's network asked too often; `until` is when it may ask again."""

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__(until)
        self.until = until


def throttle(request: HttpRequest, *, scope: str, limit: int, period: datetime.timedelta = TEN_MINUTES) -> None:
    """Counts one request of this network. Raises TooManyRequests beyond the limit."""
    now, key = clock.now(), client_network(request)
    if not check_rate_limit(scope=scope, key=key, limit=limit, period=period, now=now):
        raise TooManyRequests(used(scope=scope, key=key, now=now).until)


def throttled[Response: HttpResponseBase](
    *, scope: str, limit: int, period: datetime.timedelta = TEN_MINUTES
) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """For a view that costs something to answer: a PDF made on the spot, an export, a search."""

    def decorate(view: Callable[..., Response]) -> Callable[..., Response]:
        @wraps(view)
        def counted(request: HttpRequest, *args: object, **kwargs: object) -> Response:
            throttle(request, scope=scope, limit=limit, period=period)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def count_document(request: HttpRequest) -> None:
    """Counts a PDF or an export that is made on the spot. Raises TooManyRequests beyond DOCUMENTS."""
    throttle(request, scope="documents", limit=DOCUMENTS)


def count_file(request: HttpRequest) -> None:
    """Counts a file that is there already, asked for whole: viewers ask for many pieces. Raises TooManyRequests beyond DOWNLOADS."""
    if "Range" not in request.headers:
        throttle(request, scope="files", limit=DOWNLOADS)


def ask_to_wait(request: HttpRequest, *, until: datetime.datetime) -> None:
    """Makes 429 of the page that answers this request. A form says so where it refuses: its page keeps what was typed."""
    setattr(request, "wait_until", until)  # noqa: B010 (no attribute of Django's class)


def too_many_page(request: HttpRequest, *, until: datetime.datetime | None = None) -> TemplateResponse:
    """The page for what has no page of its own."""
    ask_to_wait(request, until=until or clock.now() + datetime.timedelta(minutes=1))
    return TemplateResponse(request, "errors/429.html", {"until": until}, status=429, headers={"Cache-Control": "no-store, private"})


class ThrottleMiddleware:
    """Answers TooManyRequests with its page, and marks every page that asks to wait as what it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        until: datetime.datetime | None = getattr(request, "wait_until", None)
        if until is not None and response.status_code in {200, 404, 422, 429}:
            response.status_code = 429
            response["Retry-After"] = str(max(1, math.ceil((until - clock.now()).total_seconds())))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        return too_many_page(request, until=exception.until) if isinstance(exception, TooManyRequests) else None
