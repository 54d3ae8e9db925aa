"""Rich text as plain pieces, for a document that knows no HTML."""

from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from wagtail.rich_text import RichText, expand_db_html

from core.web.absolute_urls import base_url

Piece = dict[str, Any]
MARKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}


def pieces_of(text: RichText) -> list[Piece]:
    """Paragraphs and lists in their order. Shape: [{kind: paragraph, runs}, {kind: list, is_numbered, items: [runs]}]."""
    found: list[Piece] = []
    for tag in BeautifulSoup(expand_db_html(text.source), "html.parser").find_all(["p", "ul", "ol"]):
        if tag.name == "p":
            found.append({"kind": "paragraph", "runs": _runs(tag)})
        elif tag.find_parent(["ul", "ol"]) is None:
            items = [_runs(item) for item in tag.find_all("li")]
            found.append({"kind": "list", "is_numbered": tag.name == "ol", "items": items})
    return found


def absolute(href: str) -> str:
    """As a reader of the file can follow it."""
    return base_url() + href if href.startswith("/") else href


def _runs(tag: Tag, marks: Piece | None = None) -> list[Piece]:
    """The words of a tag, each run with its marks. Shape: [{text, bold?, italic?, link?}]."""
    runs: list[Piece] = []
    for child in tag.children:
        if isinstance(child, NavigableString):
            runs.append({"text": str(child), **(marks or {})})
        elif isinstance(child, Tag):
            runs += _runs(child, (marks or {}) | _mark(child))
    return runs


def _mark(tag: Tag) -> Piece:
    if tag.name == "a" and tag.get("href"):
        return {"link": absolute(str(tag["href"]))}
    return {MARKS[tag.name]: True} if tag.name in MARKS else {}
