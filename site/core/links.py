"""Links to pages, in the reader's language.

Editors choose a page once, in French; wagtail-localize keeps that choice in the other languages. Here all links of a
stream are turned to the reader's language with one query, however many they are.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from wagtail import blocks
from wagtail.models import Page


def pages_in_language(page_ids: Iterable[int], language: str) -> dict[int, Page]:
    """For each page id the live page of `language` with the same translation key, else the live page itself. One query."""
    wanted = set(page_ids)
    if not wanted:
        return {}
    family = Page.objects.filter(pk__in=wanted).values("translation_key")
    by_key: dict[Any, dict[str, Page]] = {}
    chosen: dict[int, Any] = {}
    for page in Page.objects.filter(translation_key__in=family).select_related("locale"):
        if page.pk in wanted:
            chosen[page.pk] = page.translation_key
        if page.live:
            by_key.setdefault(page.translation_key, {})[page.locale.language_code] = page
    found = {}
    for page_id, key in chosen.items():
        versions = by_key.get(key, {})
        target = versions.get(language) or next((page for page in versions.values() if page.pk == page_id), None)
        if target:
            found[page_id] = target
    return found


def links_in(value: Any) -> Iterator[blocks.StructValue]:
    """Every link (a struct with `page` and `url`) anywhere inside a stream value."""
    if isinstance(value, blocks.StructValue):
        if {"page", "url", "text"} <= value.keys():
            yield value
        else:
            for child in value.values():
                yield from links_in(child)
    elif isinstance(value, blocks.StreamValue | blocks.list_block.ListValue | list):
        for child in value:
            yield from links_in(getattr(child, "value", child))


def localise_links(values: Iterable[Any], language: str) -> None:
    """Gives every link in `values` its `target`, the page in `language`."""
    links = [link for value in values for link in links_in(value)]
    pages = pages_in_language((link["page"].pk for link in links if link["page"]), language)
    for link in links:
        link.target = pages.get(link["page"].pk) if link["page"] else None
