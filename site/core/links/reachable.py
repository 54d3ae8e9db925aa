"""Whether a URL leads somewhere: pages and views of this site are looked up, the rest is requested."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.http import Http404
from django.urls import resolve
from django.utils import translation
from wagtail.models import Page, Site

SECONDS = 5
THREADS = 12
# The server exists and refuses robots.
NO_VERDICT = frozenset({401, 403, 405, 429, 503, 999})

Try = Callable[[str], int | None]


def try_url(url: str) -> int | None:
    """The HTTP status; None without an answer (which may be the fault of our own network)."""
    request = urllib.request.Request(url, headers={"User-Agent": "smes-link-check/1.0"})  # noqa: S310 (http and https only)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    # HTTPException: the answer was not HTTP, or was cut off.
    except (OSError, ValueError, http.client.HTTPException):
        return None


def try_all(urls: Iterable[str], try_it: Try = try_url) -> dict[str, int | None]:
    """The status of each, tried once however often it occurs, several at a time."""
    unique = list(dict.fromkeys(urls))
    with ThreadPoolExecutor(THREADS) as pool:
        return dict(zip(unique, pool.map(try_it, unique), strict=True))


def is_dead(status: int | None) -> bool:
    """Whether a server said that there is nothing. No answer is no verdict."""
    return status is not None and status >= 400 and status not in NO_VERDICT


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
