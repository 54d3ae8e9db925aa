"""One id for all that follows from one request: its log lines, its answer, the tasks and mails it leaves behind."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

HEADER = "X-Request-ID"
FIT = re.compile(r"[A-Za-z0-9-]{8,64}")

_current: ContextVar[str] = ContextVar("request_id", default="")


def current_id() -> str:
    """The id of the request, or of the task of one, that this code runs for; empty outside of both."""
    return _current.get()


@contextmanager
def under_id(request_id: str) -> Iterator[None]:
    """What runs inside belongs to this request."""
    token = _current.set(request_id)
    try:
        yield
    finally:
        _current.reset(token)


def id_of(request: HttpRequest) -> str:
    """The id a proxy of ours gave the request, or a new one. Where there is no proxy, a stranger wrote the header."""
    given = request.headers.get(HEADER, "")
    if getattr(settings, "TRUSTED_PROXY_COUNT", 0) and FIT.fullmatch(given):
        return given
    return secrets.token_hex(16)
