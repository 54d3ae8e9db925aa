"""The figures of a page, read from the store once for all its blocks."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps


def read_figures(streams: Iterable[Any]) -> None:
    """Hands the values of the store to every block that shows some. One query, none on a page without figures."""
    blocks = [block.value for stream in streams for block in stream if getattr(block.value, "figure_keys", None)]
    if not blocks:
        return
    keys = {key for block in blocks for key in block.figure_keys}
    values = apps.get_model("core", "FigureValue").objects.by_key(keys)
    for block in blocks:
        block.values_by_key = values
