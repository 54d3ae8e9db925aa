"""The map of the site for robots: every public page with its other languages (sitemaps.org, hreflang)."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """One query for the pages; the languages of a page are the rows with its translation key."""
    pages = Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("translation_key", "locale__language_code")
    entries: list[dict[str, Any]] = []
    for _key, family in groupby(pages, key=lambda page: page.translation_key):
        versions = [
            {"code": page.locale.language_code, "url": url, "changed": page.last_published_at}
            for page in family
            if (path := page.get_url(request)) and (url := request.build_absolute_uri(path))
        ]
        entries += [version | {"versions": versions} for version in versions]
    return render(request, "home/sitemap.xml", {"entries": entries}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read all but the back-office and personal links, which answer noindex as well."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /account/", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
