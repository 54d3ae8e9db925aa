"""Tries the links of all public pages, and keeps those that lead nowhere."""

import datetime
from urllib.parse import urlsplit

from django.db import transaction
from wagtail.models import Page

from core.links.content import Target, links_of
from core.links.reachable import Try, is_dead, is_found_on_site, try_all, try_url
from core.models import BrokenLink

# With twelve at a time and five seconds each, four minutes at most.
MAX_URLS = 600


def check_pages(*, host: str, now: datetime.datetime, try_it: Try = try_url) -> int:
    """Writes the list of broken links anew. Returns how many there are."""
    links = public_links()
    pages = {target for found in links.values() for target in found if isinstance(target, int)}
    public = set(Page.objects.live().filter(pk__in=pages).values_list("pk", flat=True))
    urls = {target for found in links.values() for target in found if isinstance(target, str)}
    inside = {url for url in urls if urlsplit(url).netloc == host or url.startswith("/")}
    statuses = try_all(sorted(url for url in urls - inside if urlsplit(url).scheme in {"http", "https"})[:MAX_URLS], try_it)
    broken: dict[Target, tuple[str, int | None]] = {pk: (_name_of(pk), None) for pk in pages - public}
    broken |= {url: (url, None) for url in inside if not is_found_on_site(urlsplit(url).path)}
    broken |= {url: (url, status) for url, status in statuses.items() if is_dead(status)}
    rows = [
        BrokenLink(page_id=page, url=broken[target][0], status=broken[target][1], checked_at=now)
        for page, found in links.items()
        for target in found & broken.keys()
    ]
    with transaction.atomic():
        BrokenLink.objects.all().delete()
        BrokenLink.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def public_links() -> dict[int, set[Target]]:
    """The links of every public page, by its id."""
    return {page.pk: links_of(page) for page in Page.objects.live().filter(depth__gt=1).specific().iterator(chunk_size=200)}


def _name_of(pk: int) -> str:
    """What the list calls a page that is gone or not public."""
    page = Page.objects.filter(pk=pk).first()
    return f"{page.title} ({page.locale.language_code.upper()})" if page else f"#{pk}"
