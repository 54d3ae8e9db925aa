"""Around the WSGI application: an answer from the page cache runs no middleware, and still has its id and its place in the figures."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from core.monitoring.figures import ANSWERS, PAGE_CACHE
from core.monitoring.request_ids import HEADER, id_of
from core.page_cache.statistics import statistics

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
FROM_CACHE = "cached"
# What the cache counts is handed on so often; it is read every few seconds at most.
EVERY_SECONDS = 2.0


class MonitoredApplication:
    """Adds what `MonitoringMiddleware` could not: it writes no line for a page from memory, whose readers are counted only."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.told_at = 0.0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        began = time.perf_counter()

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            if not any(name == HEADER for name, _value in headers):
                headers = [*headers, (HEADER, id_of(environ))]
                ANSWERS.labels(FROM_CACHE, status[:3]).observe(time.perf_counter() - began)
            return start_response(status, headers, *more)

        if began - self.told_at > EVERY_SECONDS:
            self.told_at = began
            for outcome, count in statistics().items():
                PAGE_CACHE.labels(outcome).set(count)
        return self.application(environ, start)
