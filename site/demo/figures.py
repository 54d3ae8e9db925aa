"""The figures of the annual report, and their places in the texts of the demo: `{hf_meet_total}` becomes `2 542`, `2.542` or `2,542`."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation

from core.text.numbers import written_number

FIGURES = Path(__file__).parent / "content" / "facts" / "figures-2024.json"
TOKEN = re.compile(r"\{([a-z0-9_-]+)\}")


class UnknownFigure(Exception):
    """A text of the demo asks for a figure that the report does not have."""


@cache
def figures_by_id() -> dict[str, dict[str, Any]]:
    """Every figure of the annual report by its id, in the order of the report."""
    return {figure["id"]: figure for figure in json.loads(FIGURES.read_text("utf-8"))["figures"]}


def figure_by_id(figure_id: str) -> dict[str, Any]:
    """A figure of the annual report; UnknownFigure names the id nobody knows."""
    try:
        return figures_by_id()[figure_id]
    except KeyError:
        raise UnknownFigure(f"{figure_id} is no figure of {FIGURES.name}") from None


def tokens_in(text: str) -> list[str]:
    """The ids of the figures a text asks for."""
    return TOKEN.findall(text)


def with_figures(text: str, language: str) -> str:
    """`text` with its figures in the language's way of writing. Units stay in the words."""
    if "{" not in text:
        return text
    with translation.override(language):
        return TOKEN.sub(lambda token: _written(figure_by_id(token[1])), text)


def _written(figure: dict[str, Any]) -> str:
    # A year is a name, not an amount: 2018, never 2 018.
    return str(figure["value"]) if figure["unit"] == "year" else written_number(figure["value"])
