"""Checks links: internal pages are looked up, external URLs are requested."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from core.links.reachable import Try, is_dead, is_found_on_site, try_all, try_url
from newsletter.preflight.findings import Finding, Level

MAX_URLS = 80


def check_links(urls: Iterable[tuple[str, str]], base_url: str, try_it: Try = try_url) -> Iterable[Finding]:
    """`urls` are pairs of language and URL. Each URL is requested once, however often it occurs."""
    pairs = list(dict.fromkeys(urls))
    here = urlsplit(base_url).netloc
    inside = [pair for pair in pairs if urlsplit(pair[1]).netloc == here]
    outside = [pair for pair in pairs if urlsplit(pair[1]).scheme in {"http", "https"} and pair not in inside]
    yield from (Finding("dead_link", Level.LOOK, language, url) for language, url in inside if not is_found_on_site(urlsplit(url).path))
    statuses = try_all(list(dict.fromkeys(url for _language, url in outside))[:MAX_URLS], try_it)
    for language, url in outside:
        status = statuses.get(url)
        if status is None:
            yield Finding("unchecked_link", Level.NOTE, language, url)
        elif is_dead(status):
            yield Finding("dead_link", Level.LOOK, language, url)
