"""One web process in this process: requests as a server hands them on."""

import io
from dataclasses import dataclass
from typing import Any

from django.core.signals import request_started
from django.db import close_old_connections

from core.page_cache.handler import CachedPagesHandler
from core.page_cache.statistics import counts


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    is_from_memory: bool


class Web:
    """Answers of one process. Environment variables by name: `ask("/fr/", HTTP_COOKIE="…")`."""

    def __init__(self) -> None:
        self.handler = CachedPagesHandler()

    def ask(self, address: str, method: str = "GET", **more: Any) -> Answer:
        path, _mark, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
        }
        told: dict[str, Any] = {}
        hits = counts["hits"]
        request_started.disconnect(close_old_connections)  # as Django's test client does: the test's transaction lives on
        try:
            body = b"".join(self.handler(environ | more, lambda status, headers: told.update(status=status, headers=headers)))
        finally:
            request_started.connect(close_old_connections)
        return Answer(int(told["status"][:3]), dict(told["headers"]), body, counts["hits"] > hits)
