"""The XML sitemap: every public page with its other languages (sitemaps.org, hreflang)."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cartography.places.selectors import visible_places
from core.pages.own_words import in_own_words


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """One query for the pages; the languages of a page are the rows with its translation key."""
    pages = (
        Page.objects.live()
        .public()
        .filter(in_own_words(), depth__gt=1)
        .select_related("locale")
        .order_by("translation_key", "locale__language_code")
    )
    entries: list[dict[str, Any]] = []
    for _key, family in groupby(pages, key=lambda page: page.translation_key):
        versions = [
            {"code": page.locale.language_code, "url": url, "changed": page.last_published_at}
            for page in family
            if (path := page.get_url(request)) and (url := request.build_absolute_uri(path))
        ]
        entries += [version | {"versions": versions} for version in versions]
    entries += _places(request)
    return render(request, "home/sitemap.xml", {"entries": entries}, content_type="application/xml")


def _places(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """The places of the map, which are rows and no pages, in every language. One query."""
    for slug, changed in visible_places():
        versions = []
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                url = request.build_absolute_uri(reverse("cartography:place", args=[slug]))
            versions.append({"code": code, "url": url, "changed": changed})
        yield from (version | {"versions": versions} for version in versions)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read all but the back-office and personal links, which answer noindex as well."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /account/", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
