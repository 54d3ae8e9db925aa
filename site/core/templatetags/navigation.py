"""Menus, footer words and the language switcher."""

from dataclasses import dataclass, field
from typing import Any

from django import template
from django.conf import settings
from django.db import DatabaseError
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page

from core.links import pages_in_language
from core.models import SiteTexts

register = template.Library()


@dataclass
class MenuEntry:
    """One line of a menu: its words, its address, whether the reader is there, and the lines below it."""

    text: str
    href: str
    is_current: bool = False
    children: "list[MenuEntry]" = field(default_factory=list)


@dataclass
class Texts:
    """The menus and shared words of one language, ready for a template."""

    strapline: str
    address: str
    crisis_text: str
    enrolment_privacy: str
    main_menu: list[MenuEntry]
    footer_menu: list[MenuEntry]


@register.simple_tag(takes_context=True)
def site_texts(context: template.Context) -> Texts | None:
    """The words of the active language, or None where there are none yet (a new site, an error page without database).

    Two queries: the row, and all pages its menus name. Kept on the request, so header and footer share them.
    """
    request = context.get("request")
    if request is not None and hasattr(request, "_site_texts"):
        return request._site_texts
    try:
        texts = _read_texts(getattr(request, "path", ""))
    except DatabaseError:
        texts = None
    if request is not None:
        request._site_texts = texts
    return texts


def _read_texts(path: str) -> Texts | None:
    language = get_language() or settings.LANGUAGE_CODE
    row = SiteTexts.objects.filter(locale__language_code=language).first()
    if row is None:
        return None
    menus = {name: [item["value"] for item in getattr(row, name).raw_data] for name in ("main_menu", "footer_menu")}
    pages = pages_in_language(
        (link["page"] for menu in menus.values() for entry in menu for link in (entry["link"], *_children(entry)) if link.get("page")),
        language,
    )
    built = {name: [entry for raw in menu if (entry := _entry(raw, pages, path))] for name, menu in menus.items()}
    return Texts(
        strapline=row.strapline, address=row.address, crisis_text=row.crisis_text, enrolment_privacy=row.enrolment_privacy, **built
    )


def _children(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return [child.get("value", child) for child in entry.get("children") or []]


def _entry(raw: dict[str, Any], pages: dict[int, Page], path: str) -> MenuEntry | None:
    entry = _line(raw["link"], pages, path)
    if entry:
        entry.children = [line for child in _children(raw) if (line := _line(child, pages, path))]
    return entry


def _line(link: dict[str, Any], pages: dict[int, Page], path: str) -> MenuEntry | None:
    if link.get("page"):
        page = pages.get(link["page"])
        if page is None:
            return None
        href = page.url or ""
        return MenuEntry(text=link.get("text") or page.title, href=href, is_current=bool(href) and path.startswith(href))
    return MenuEntry(text=link["text"], href=link["url"])


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[dict[str, Any]]:
    """This page in each language: code, name in its own language, address with the reader's query kept, is_current.

    A language the page does not exist in is left out: the switcher never leads to another page in silence.
    """
    request = context.get("request")
    if request is None:
        return []
    if hasattr(request, "_language_links"):
        return request._language_links
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    page = context.get("page")
    current = get_language()
    if isinstance(page, Page) and page.pk:
        versions = page.get_translations(inclusive=True).live().select_related("locale")
        urls = {each.locale.language_code: each.get_url(request) for each in versions}
    else:
        urls = {code: translate_url(request.path, code) for code, _name in settings.LANGUAGES}
    links = [
        {"code": code, "name": name, "url": f"{urls[code]}{query}", "path": urls[code], "is_current": code == current}
        for code, name in settings.LANGUAGES
        if urls.get(code)
    ]
    request._language_links = links
    return links
