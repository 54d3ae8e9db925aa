"""The figures of a page, read from the store once for all its blocks."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from wagtail import blocks


def figures_in(value: Any) -> Iterator[Any]:
    """Every block of figures anywhere inside a stream value."""
    if hasattr(value, "figure_keys"):
        yield value
    elif isinstance(value, blocks.StructValue):
        for child in value.values():
            yield from figures_in(child)
    elif isinstance(value, blocks.StreamValue | blocks.list_block.ListValue):
        for child in value:
            yield from figures_in(getattr(child, "value", child))


def read_figures(streams: Iterable[Any], year: int | None = None) -> None:
    """Hands the values of the store to every block that shows some. One query, none on a page without figures.

    `year` is shown by the blocks that name none: on a page about one year, all of them.
    """
    found = [block for stream in streams for block in figures_in(stream) if block.figure_keys]
    if not found:
        return
    unread = {key for block in found if block.values_by_key is None for key in block.figure_keys}
    values = apps.get_model("core", "FigureValue").objects.by_key(unread) if unread else {}
    for block in found:
        if block.values_by_key is None:
            block.values_by_key = values
        if year and not block.get("year"):
            block["year"] = year
