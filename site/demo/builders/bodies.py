"""Turns the blocks of a content sheet into the value of a stream field."""

import html
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from core.web.absolute_urls import absolute_url
from demo.figures import figure_by_id
from demo.reading import Text


class Body:
    """The stream of one page; `texts` are all the texts it uses, for the translation."""

    def __init__(self, find_page: Callable[[str], int]) -> None:
        self.find_page = find_page
        self.texts: list[Text] = []

    def build(self, blocks: list[dict[str, Any]]) -> list[tuple[str, Any]]:
        """Shape: [(block name, value)]; paragraphs and lists in a row become one text."""
        stream: list[tuple[str, Any]] = []
        for block in blocks:
            (kind, value), *rest = block.items()
            if rest:
                raise ValueError(f"One kind a block, not {list(block)}")
            name, built = getattr(self, f"_{kind}")(value)
            if name == "text" and stream and stream[-1][0] == "text":
                stream[-1] = ("text", stream[-1][1] + built)
            else:
                stream.append((name, built))
        return stream

    def text_of(self, text: Text) -> str:
        """The French text; the other two are kept for the translation."""
        self.texts.append(text)
        return text["fr"]

    def _heading(self, value: Text) -> tuple[str, Any]:
        return "heading", self.text_of(value)

    def _subheading(self, value: Text) -> tuple[str, Any]:
        return "subheading", self.text_of(value)

    def _paragraph(self, value: Text) -> tuple[str, Any]:
        return "text", f"<p>{html.escape(self.text_of(value), quote=False)}</p>"

    def _list(self, value: list[Text]) -> tuple[str, Any]:
        return "text", rich_list([self.text_of(item) for item in value])

    def _callout(self, value: dict[str, Any]) -> tuple[str, Any]:
        return "callout", {"tone": value.get("tone", "info"), "title": self.text_of(value["title"]), "text": self.text_of(value["text"])}

    def _steps(self, value: list[dict[str, Text]]) -> tuple[str, Any]:
        return "steps", [{"title": self.text_of(step["title"]), "text": self.text_of(step["text"])} for step in value]

    def _details(self, value: list[dict[str, Text]]) -> tuple[str, Any]:
        return "details", self._steps(value)[1]

    def _terms(self, value: list[dict[str, Text]]) -> tuple[str, Any]:
        return "terms", [{"term": self.text_of(each["term"]), "meaning": self.text_of(each["meaning"])} for each in value]

    def _figures(self, value: list[Any]) -> tuple[str, Any]:
        return "key_figures", key_figures(value, self.text_of)

    def _chart(self, value: dict[str, Any]) -> tuple[str, Any]:
        return "chart", {
            "title": self.text_of(value["title"]),
            "kind": value.get("kind", "bars"),
            "unit": self.text_of(value["unit"]) if "unit" in value else "",
            "rows": figure_rows(value["rows"], self.text_of),
            "year": value.get("year"),
            "source": "",
        }

    def _links(self, value: list[dict[str, Any]]) -> tuple[str, Any]:
        """To a page of the site (`to`), to one of its views (`view`, at a `fragment`), or elsewhere (`url`)."""
        return "links", [
            link(self.find_page(item["to"]) if "to" in item else None, self.text_of(item["text"]), self._url(item)) for item in value
        ]

    def _url(self, item: dict[str, Any]) -> str:
        if "view" in item:
            return f"{absolute_url(item['view'], language='fr')}#{item.get('fragment', '')}".rstrip("#")
        return str(item.get("url", ""))

    def _organisations(self, value: dict[str, Any]) -> tuple[str, Any]:
        return "organisations", {"title": self.text_of(value["title"]), "role": value["role"]}


def raw(stream: list[tuple[str, Any]]) -> str:
    """A stream as its column holds it: page ids instead of pages, and list items with an id of their own.

    wagtail-localize leaves out the items of lists without ids.
    """
    return json.dumps([{"type": name, "value": _with_ids(value), "id": str(uuid4())} for name, value in stream])


def _with_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [{"type": "item", "value": _with_ids(item), "id": str(uuid4())} for item in value]
    if isinstance(value, dict):
        return {key: _with_ids(child) for key, child in value.items()}
    return value


def rich_list(items: list[str]) -> str:
    """Plain lines as the HTML of a list."""
    return "<ul>" + "".join(f"<li>{html.escape(item, quote=False)}</li>" for item in items) + "</ul>"


def link(page_id: int | None, text: str, url: str = "") -> dict[str, Any]:
    return {"page": page_id, "url": url, "text": text}


def key_figures(wanted: list[Any], text_of: Callable[[Text], str]) -> dict[str, Any]:
    """The block; its year and its source are those of the store."""
    return {"figures": [row | {"unit": ""} for row in figure_rows(wanted, text_of)], "year": None, "source": ""}


def figure_rows(wanted: list[Any], text_of: Callable[[Text], str]) -> list[dict[str, Any]]:
    """Figures of the store. `wanted`: ids, or maps with an id and a better label."""
    rows = []
    for each in wanted:
        given: dict[str, Any] = {"id": each} if isinstance(each, str) else each
        label = text_of(given["label"]) if "label" in given else ""
        rows.append({"figure": figure_by_id(given["id"])["id"], "value": None, "label": label})
    return rows
