"""Do the links lead somewhere? Pages of the site are looked up, addresses elsewhere are tried."""

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
AT_ONCE = 12
MOST = 80
# The server is there and does not talk to robots.
SHY = frozenset({401, 403, 405, 429, 503, 999})

Try = Callable[[str], int | None]


def try_address(url: str) -> int | None:
    """The status a server answers with; None when nobody answered (which may be our own network's fault)."""
    request = urllib.request.Request(url, headers={"User-Agent": "smes-newsletter-check/1.0"})  # noqa: S310 (http and https only)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    # HTTPException: it answered, but not in HTTP, or hung up in the middle.
    except (OSError, ValueError, http.client.HTTPException):
        return None


def check_links(addresses: Iterable[tuple[str, str]], base_url: str, try_it: Try = try_address) -> Iterable[Finding]:
    """`addresses` are pairs of language and address. Each address is tried once, however often it stands."""
    pairs = list(dict.fromkeys(addresses))
    here = urlsplit(base_url).netloc
    inside = [pair for pair in pairs if urlsplit(pair[1]).netloc == here]
    outside = [pair for pair in pairs if urlsplit(pair[1]).scheme in {"http", "https"} and pair not in inside]
    yield from (Finding("dead_link", Level.LOOK, language, url) for language, url in inside if not leads_somewhere(urlsplit(url).path))
    unique = list(dict.fromkeys(url for _language, url in outside))[:MOST]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = dict(zip(unique, pool.map(try_it, unique), strict=True))
    for language, url in outside:
        status = statuses.get(url)
        if status is None:
            yield Finding("unchecked_link", Level.NOTE, language, url)
        elif status >= 400 and status not in SHY:
            yield Finding("dead_link", Level.LOOK, language, url)


def leads_somewhere(path: str) -> bool:
    """Whether the site has a public page or a view of its own under this path."""
    roots = {root.root_url: root.root_path for root in Site.get_site_root_paths()}
    language = path.split("/")[1] if path.count("/") > 1 else ""
    rest = path[len(language) + 2 :]
    candidates = [f"{root.root_path}{rest}" for root in Site.get_site_root_paths() if root.language_code == language]
    if roots and Page.objects.live().filter(url_path__in=[each if each.endswith("/") else f"{each}/" for each in candidates]).exists():
        return True
    try:
        # Our addresses are words of their language: a Dutch one is unknown while the officer reads French.
        with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            return resolve(path).url_name not in {"wagtail_serve", None}
    except Http404:
        return False
