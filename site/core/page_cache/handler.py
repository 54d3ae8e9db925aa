"""The WSGI application: Django's, with the page cache in front of everything, so that no middleware runs for a page that is kept."""

import datetime
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import parse_etags

from core import clock
from core.page_cache import kept, moments, versions
from core.page_cache.entries import Entries, Entry
from core.page_cache.kept import ROOT_PATHS, Rendering, forget_root_paths, rendering
from core.page_cache.moments import next_moment
from core.page_cache.recording import Recording, recording
from core.page_cache.rules import key_of, why_not_kept
from core.page_cache.statistics import counts
from core.page_cache.versions import Total, Versions, read_total, versions_at

KEY = "core.page_cache.key"
# Of a request and not of a page.
NOT_KEPT = {"x-request-id", "set-cookie"}
# Not said where the body is not sent.
OF_THE_BODY = {"content-length", "content-type", "content-encoding", "content-language"}
# A proxy and a browser may keep the page, and ask each time whether it is still the same.
CACHE_CONTROL = "no-cache"


class CachedPagesHandler(WSGIHandler):
    """Answers from memory what it may, and keeps what it may."""

    def __init__(self) -> None:
        super().__init__()
        self.entries = Entries()
        for memory in (versions, moments, kept):
            memory.forget()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # type: ignore[override]
        key = key_of(environ) if settings.PAGE_CACHE else None
        if key is not None:
            environ[KEY] = key
            entry = self.entries.get(key)
            if entry is not None and self._is_right(key, entry):
                counts["hits"] += 1
                return _send(entry, environ, start_response)
        answer: Iterable[bytes] = super().__call__(environ, start_response)
        return answer

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        """Django's answer, kept if it may be. The versions are read before anything else: who writes meanwhile makes the page old,
        and never an old page new."""
        key = request.META.get(KEY)
        if key is None or request.method != "GET" or request.META.get("HTTP_COOKIE"):
            return super().get_response(request)
        now = clock.now()
        try:
            before = versions_at(_total())
            until = next_moment(now, before)
        except (DatabaseError, InterfaceError):
            counts["failures"] += 1
            return super().get_response(request)
        response, noted = self._render(request, before, until)
        reason = why_not_kept(request, response, noted)
        if reason or not isinstance(response, HttpResponse):
            counts["refusals"] += 1
            counts[f"refused: {reason}"] += 1
            return response
        counts["misses"] += 1
        entry = _entry_of(response, noted, before, since=now.timestamp(), until=until.timestamp())
        self.entries.put(key, entry, most_bytes=settings.PAGE_CACHE_BYTES)
        return get_conditional_response(request, etag=entry.etag, response=response) or response

    def _render(self, request: HttpRequest, before: Versions, until: datetime.datetime) -> tuple[HttpResponseBase, Recording]:
        """Django's answer, and what it was made of."""
        with recording() as noted:
            noted.tables |= ROOT_PATHS
            forget_root_paths(before)
            token = rendering.set(Rendering(before, until, noted))
            try:
                return super().get_response(request), noted
            finally:
                rendering.reset(token)

    def _is_right(self, key: object, entry: Entry) -> bool:
        """Whether nothing the page was made of changed, and no moment passed at which it does. One query."""
        if not entry.since <= clock.now().timestamp() < entry.until:
            return False
        try:
            total = _total()
            if total == entry.total:
                return True
            now = versions_at(total)
        except (DatabaseError, InterfaceError):
            counts["failures"] += 1
            return False
        if now.of(frozenset(entry.tables)) != entry.tables or now.total[1] != entry.total[1]:
            self.entries.drop(key)
            return False
        entry.total = now.total
        return True


def _total() -> Total:
    """On a connection that was lost meanwhile, once more on a new one."""
    try:
        return read_total()
    except (DatabaseError, InterfaceError):
        connection.close()
        return read_total()


def _entry_of(response: HttpResponse, noted: Recording, before: Versions, *, since: float, until: float) -> Entry:
    etag = f'W/"{blake2b(_plain(response), digest_size=12).hexdigest()}"'
    response["ETag"] = etag
    response["Cache-Control"] = CACHE_CONTROL
    headers = [(name, value) for name, value in response.items() if name.lower() not in NOT_KEPT]
    return Entry(headers, response.content, etag, before.of(frozenset(noted.tables)), before.total, since, until)


def _plain(response: HttpResponse) -> bytes:
    """The page before it was compressed: two processes compress one page to different bytes (against BREACH)."""
    return getattr(response, "uncompressed", response.content)


def _send(entry: Entry, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and _names(known, entry.etag):
        start_response("304 Not Modified", [pair for pair in entry.headers if pair[0].lower() not in OF_THE_BODY])
        return ()
    start_response("200 OK", entry.headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (entry.body,)


def _names(known: str, etag: str) -> bool:
    return known == etag or "*" in known or etag.removeprefix("W/") in {each.removeprefix("W/") for each in parse_etags(known)}
