"""Which answers may be kept. What is not known to be the same for everybody is refused."""

import re

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csp import get_nonce

from core.page_cache.recording import Recording
from core.page_cache.triggers import watched_tables

METHODS = ("GET", "HEAD")
# Headers of a request that the key of an entry holds.
VARIES_BY = {"accept-encoding", "cookie"}  # of cookies: that there is none of _telling_cookies()
PREFIXES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)
ACCEPTS_GZIP = re.compile(r"\bgzip\b")  # as Django's own middleware reads it
Environ = dict[str, object]


def key_of(environ: Environ) -> tuple[str, ...] | None:
    """What the answer of a request may depend on; None for a request that Django must always answer itself."""
    get = environ.get
    path = str(get("PATH_INFO", ""))
    if get("REQUEST_METHOD") not in METHODS or not path.startswith(PREFIXES) or get("HTTP_AUTHORIZATION"):
        return None
    cookies = str(get("HTTP_COOKIE", ""))
    if cookies and any(name in cookies for name in _telling_cookies()):
        return None
    proxy_header = settings.SECURE_PROXY_SSL_HEADER
    return (
        str(get("HTTP_HOST", "")),
        str(get("HTTP_X_FORWARDED_HOST", "")) if settings.USE_X_FORWARDED_HOST else "",
        str(get("wsgi.url_scheme", "")),
        str(get(proxy_header[0], "")) if proxy_header else "",
        str(get("SCRIPT_NAME", "")),
        path,
        str(get("QUERY_STRING", "")),
        "gzip" if ACCEPTS_GZIP.search(str(get("HTTP_ACCEPT_ENCODING", ""))) else "",
    )


def why_not_kept(request: HttpRequest, response: HttpResponseBase, noted: Recording) -> str:
    """In a word, why nobody else may get this answer; empty where everybody may."""
    checks = (
        ("status", response.status_code != 200),
        ("method", request.method != "GET"),
        ("streamed", response.streaming or not isinstance(response, HttpResponse)),
        ("not a page", not response.get("Content-Type", "").startswith("text/html")),
        ("cookie", bool(response.cookies) or bool(request.COOKIES)),
        ("token", bool(request.META.get("CSRF_COOKIE_NEEDS_UPDATE"))),
        # Whether somebody is logged in is asked on every page. Who sent no cookie has nothing in her session; a page that put something
        # there is hers.
        ("session", not hasattr(request, "session") or request.session.modified or not request.session.is_empty()),
        ("messages", bool(getattr(told := get_messages(request), "used", False)) and bool(len(told))),
        ("nonce", bool(get_nonce(request))),
        ("told otherwise", response.has_header("Cache-Control") or response.has_header("Expires")),
        ("varies", not set(re.findall(r"[^\s,]+", response.get("Vary", "").lower())) <= VARIES_BY),
        ("writes", noted.has_written),
    )
    refused = next((reason for reason, applies in checks if applies), "")
    return refused or ", ".join(f"table {name}" for name in sorted(noted.tables - watched_tables()))


def _telling_cookies() -> tuple[str, ...]:
    """Parts of the names of cookies by which a page may differ. That of the token is none: a page that shows it is never kept."""
    return (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "messages")
