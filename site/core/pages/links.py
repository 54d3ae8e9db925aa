"""Links to pages, in the reader's language.

Editors choose a page once, in French; wagtail-localize keeps that choice in the other languages. Here all links of a
stream are turned to the reader's language together, however many they are.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest
from wagtail import blocks
from wagtail.models import Page

from core.pages.linked_pages import LinkedPages, linked_pages


def pages_in_language(page_ids: Iterable[int], language: str) -> dict[int, Page]:
    """For each page id the live page of `language` with the same translation key, else the live page itself. One query."""
    wanted = set(page_ids)
    pages = LinkedPages()
    pages.read(wanted)
    return {each: page for each in wanted if (page := pages.in_language(each, language))}


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


def localise_links(values: Iterable[Any], language: str, request: HttpRequest | None = None) -> None:
    """Gives every link in `values` its `target`, the page in `language`. No query of its own where the request has read its pages."""
    links = [link for value in values for link in links_in(value)]
    if not links:
        return
    pages = linked_pages(request)
    pages.read(link["page"].pk for link in links if link["page"])
    for link in links:
        link.target = pages.in_language(link["page"].pk, language) if link["page"] else None
