"""Checks links: internal pages are looked up, external URLs are requested."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404
from django.urls import resolve
from django.utils import translation
from wagtail.models import Page, Site

from newsletter.preflight.findings import Finding, Level

SECONDS = 5
THREADS = 12
MAX_URLS = 80
# The server exists and refuses robots.
NO_VERDICT = frozenset({401, 403, 405, 429, 503, 999})

Try = Callable[[str], int | None]


def try_url(url: str) -> int | None:
    """The HTTP status; None without an answer (which may be the fault of our own network)."""
    request = urllib.request.Request(url, headers={"User-Agent": "smes-newsletter-check/1.0"})  # noqa: S310 (http and https only)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    # HTTPException: the answer was not HTTP, or was cut off.
    except (OSError, ValueError, http.client.HTTPException):
        return None


def check_links(urls: Iterable[tuple[str, str]], base_url: str, try_it: Try = try_url) -> Iterable[Finding]:
    """`urls` are pairs of language and URL. Each URL is requested once, however often it occurs."""
    pairs = list(dict.fromkeys(urls))
    here = urlsplit(base_url).netloc
    inside = [pair for pair in pairs if urlsplit(pair[1]).netloc == here]
    outside = [pair for pair in pairs if urlsplit(pair[1]).scheme in {"http", "https"} and pair not in inside]
    yield from (Finding("dead_link", Level.LOOK, language, url) for language, url in inside if not is_found_on_site(urlsplit(url).path))
    unique = list(dict.fromkeys(url for _language, url in outside))[:MAX_URLS]
    with ThreadPoolExecutor(THREADS) as pool:
        statuses = dict(zip(unique, pool.map(try_it, unique), strict=True))
    for language, url in outside:
        status = statuses.get(url)
        if status is None:
            yield Finding("unchecked_link", Level.NOTE, language, url)
        elif status >= 400 and status not in NO_VERDICT:
            yield Finding("dead_link", Level.LOOK, language, url)


def is_found_on_site(path: str) -> bool:
    """Whether the site has a public page or a view under this path."""
    roots = {root.root_url: root.root_path for root in Site.get_site_root_paths()}
    language = path.split("/")[1] if path.count("/") > 1 else ""
    rest = path[len(language) + 2 :]
    candidates = [f"{root.root_path}{rest}" for root in Site.get_site_root_paths() if root.language_code == language]
    if roots and Page.objects.live().filter(url_path__in=[each if each.endswith("/") else f"{each}/" for each in candidates]).exists():
        return True
    try:
        # URL paths are translated: a Dutch one does not resolve while French is active.
        with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            return resolve(path).url_name not in {"wagtail_serve", None}
    except Http404:
        return False
