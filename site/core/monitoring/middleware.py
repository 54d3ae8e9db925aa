"""The outermost middleware: it gives a request its id, measures it, and writes its one log line."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.monitoring import figures
from core.monitoring.request_ids import HEADER, id_of, under_id
from core.monitoring.routes import route_of

logger = logging.getLogger("smes.request")

# Asked every few seconds by machines; what they are told stands in their own logs.
QUIET = frozenset({"core:health", "core:metrics", "static"})


class MonitoringMiddleware:
    """Around everything, so that a redirect to TLS, a refused host and a failure have their id and their line as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = id_of(request)
        counter = _QueryCounter()
        began = time.perf_counter()
        with under_id(request_id):
            with connection.execute_wrapper(counter):
                response = self.get_response(request)
            seconds = time.perf_counter() - began
            response[HEADER] = request_id
            _note(request, response.status_code, seconds, counter.count)
        return response


class _QueryCounter:
    """Counts statements, as `django.db` lets wrappers do it."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)


def _note(request: HttpRequest, status: int, seconds: float, queries: int) -> None:
    route = route_of(request)
    # Strangers make methods up: a label for each would never end.
    method = request.method if request.method in {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"} else "other"
    figures.ANSWERS.labels(route, str(status)).observe(seconds)
    # Read already or not asked for: a log line costs no query. The number of an account names nobody to who cannot ask the database.
    session = getattr(request, "session", None)
    user = session.get(SESSION_KEY) if session is not None and session.accessed else None
    facts = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000), "queries": queries, "user": user}
    if route not in QUIET or status >= 500:
        logger.info("request", extra=facts)
