"""Menus, footer and the language switcher."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django import template
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import translate_url
from wagtail.models import Page

from core.languages import current_language
from core.pages.linked_pages import MENUS, children_of, linked_pages, menu_entries, menu_page_ids, site_texts_for
from core.pages.nearest import nearest_versions

register = template.Library()
# From the key of a page to its version for the reader.
Find = Callable[[int], Page | None]


@dataclass
class MenuEntry:
    """One entry of a menu: its text, its URL, whether it is the current page, and the entries below it."""

    text: str
    href: str
    is_current: bool = False
    children: "list[MenuEntry]" = field(default_factory=list)


@dataclass
class Texts:
    """The menus and shared words of one language, ready for a template."""

    strapline: str
    address: str
    company_number: str
    crisis_text: str
    enrolment_privacy: str
    main_menu: list[MenuEntry]
    footer_menu: list[MenuEntry]


@register.simple_tag(takes_context=True)
def site_texts(context: template.Context) -> Texts | None:
    """The words of the active language, or None where there are none yet (a new site, an error page without database).

    Header and footer share them, and the pages they name are read with all others of the request (`core.pages.linked_pages`).
    """
    request = context.get("request")
    if request is not None and hasattr(request, "_site_texts"):
        return request._site_texts
    try:
        texts = _read_texts(request)
    except DatabaseError:
        texts = None
    if request is not None:
        request._site_texts = texts
    return texts


def _read_texts(request: HttpRequest | None) -> Texts | None:
    language = current_language()
    row = site_texts_for(request)
    if row is None:
        return None
    pages = linked_pages(request)
    pages.read(menu_page_ids(row))
    path = getattr(request, "path", "")
    find = partial(pages.in_language, language=language)
    built = {name: [entry for raw in menu_entries(row, name) if (entry := _entry(raw, find, path))] for name in MENUS}
    words = {name: getattr(row, name) for name in ("strapline", "address", "company_number", "crisis_text", "enrolment_privacy")}
    return Texts(**words, main_menu=built["main_menu"], footer_menu=built["footer_menu"])


def _entry(raw: dict[str, Any], find: Find, path: str) -> MenuEntry | None:
    entry = _line(raw["link"], find, path)
    if entry:
        entry.children = [line for child in children_of(raw) if (line := _line(child, find, path))]
    return entry


def _line(link: dict[str, Any], find: Find, path: str) -> MenuEntry | None:
    if link.get("page"):
        page = find(link["page"])
        if page is None:
            return None
        href = page.url or ""
        return MenuEntry(text=link.get("text") or page.title, href=href, is_current=bool(href) and path.startswith(href))
    return MenuEntry(text=link["text"], href=link["url"])


def _page_of(request: HttpRequest) -> str:
    """`?page=2` of a list is a page of its own for robots; a filtered or sorted list is the list itself."""
    number = request.GET.get("page", "")
    return f"?page={number}" if set(request.GET) == {"page"} and number.isdecimal() and number.isascii() and int(number[:6]) > 1 else ""


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[dict[str, Any]]:
    """This page in each language: code, name in its own language, URL with the query string kept, is_current.

    `nearest` is set where the page does not exist in a language: the title of the page above it the link leads to, so that the
    switcher never leads to another page in silence. `is_alternate` tells robots of those that are this page. On a page that does
    not exist (`elsewhere`) the other languages lead to the nearest page above it.
    """
    request = context.get("request")
    if request is None:
        return []
    if hasattr(request, "_language_links"):
        return request._language_links
    page, current = context.get("page"), current_language()
    nearest: dict[str, Page] = {}
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    if elsewhere := context.get("elsewhere"):
        query, urls = "", elsewhere | {current: request.path}
    elif isinstance(page, Page) and page.pk:
        urls = {code: each.get_url(request) for code, each in linked_pages(request).versions(page.pk).items()}
        nearest = nearest_versions(page, [code for code, _name in settings.LANGUAGES if code not in {*urls, current}], request)
    else:
        urls = {code: translate_url(request.path, code) for code, _name in settings.LANGUAGES}
    links = [_language_link(request, code, name, urls.get(code), nearest.get(code), query) for code, name in settings.LANGUAGES]
    request._language_links = [link for link in links if link["url"]]
    return request._language_links


def _language_link(request: HttpRequest, code: str, name: str, url: str | None, nearest: Page | None, query: str) -> dict[str, Any]:
    is_current = code == current_language()
    # A page published untranslated is read here, and not offered as a page of its language.
    here = url or (request.path if is_current else "")
    return {
        "code": code,
        "name": name,
        "url": f"{here}{query}" if here else nearest.get_url(request) if nearest else "",
        "path": f"{here}{_page_of(request)}",
        "is_current": is_current,
        "is_alternate": bool(url),
        "nearest": nearest.title if nearest and not here else "",
    }


@register.simple_tag(takes_context=True)
def language_of_words(context: template.Context) -> str:
    """The language most words of this page are in, where it was published before somebody had translated it; else empty."""
    request, page = context.get("request"), context.get("page")
    if request is None or not isinstance(page, Page) or not page.pk:
        return ""
    return linked_pages(request).words_of(page.pk)
