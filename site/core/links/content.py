"""The links in what editors wrote: rich text, and blocks with a page or a URL."""

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

# A page by its id, anything else by its URL.
type Target = int | str


def links_of(page: Page) -> set[Target]:
    """Every link in the streams and rich texts of a page, as stored. No query."""
    found: set[Target] = set()
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            found.update(_in_data(list(getattr(page, field.name).raw_data)))
        elif isinstance(field, RichTextField):
            found.update(_in_html(getattr(page, field.name) or ""))
    return found


def _in_data(value: Any) -> Iterator[Target]:
    if isinstance(value, dict):
        if isinstance(value.get("page"), int):
            yield value["page"]
        if isinstance(url := value.get("url"), str) and url:
            yield url
        for child in value.values():
            yield from _in_data(child)
    elif isinstance(value, list):
        for child in value:
            yield from _in_data(child)
    elif isinstance(value, str) and "<a " in value:
        yield from _in_html(value)


def _in_html(html: str) -> Iterator[Target]:
    for link in BeautifulSoup(html, "html.parser").find_all("a"):
        if link.get("linktype") == "page" and str(link.get("id", "")).isdecimal():
            yield int(str(link["id"]))
        elif href := str(link.get("href") or ""):
            yield href
