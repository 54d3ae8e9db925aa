"""A file of figures read into rows of words: JSON, or the table of a spreadsheet. What the words mean is checked in `importing`."""

import json
from dataclasses import dataclass
from typing import Any

from core.imports.errors import CannotRead
from core.imports.headings import aliases
from core.imports.table import Layout, read_table

LANGUAGES = ("fr", "nl", "en")
COLUMNS = aliases(
    {
        "key": ("id",),
        "programme": (),
        "section": ("section_nl", "section of the report"),
        "unit": (),
        "label_fr": ("label in French",),
        "label_nl": ("label in Dutch",),
        "label_en": ("label in English",),
        "year": (),
        "value": (),
        "approximate": ("about",),
        "source_fr": ("source in French",),
        "source_nl": ("source in Dutch",),
        "source_en": ("source in English",),
        "note": (),
    }
)
LAYOUT = Layout(known=COLUMNS, required=("key", "value"), example="key, value")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of a file, in words; `place` is where to look for it there."""

    place: str
    words: dict[str, str]


def read_figures_file(content: bytes) -> list[FigureRow]:
    """The rows of a file. Raises CannotRead."""
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"[")):
        return _from_json(content)
    return [FigureRow(f"row {row.number}", row.values) for row in read_table(content, LAYOUT).rows]


def _from_json(content: bytes) -> list[FigureRow]:
    """`{"year": 2025, "source": {"fr": …}, "figures": [{"key": …, "value": …}]}`: year and source hold for figures that name none."""
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except ValueError as error:
        raise CannotRead(f"This is not JSON: {error}") from error
    figures = told.get("figures") if isinstance(told, dict) else None
    if not isinstance(figures, list) or not all(isinstance(each, dict) for each in figures):
        raise CannotRead('The file has no list of figures: {"year": 2025, "source": {…}, "figures": [{"key": …, "value": …}]}.')
    shared = {"year": told.get("year")} | _spread(told.get("source"))
    return [FigureRow(f"figure {number}", _as_words(shared | each)) for number, each in enumerate(figures, start=1)]


def _spread(source: Any) -> dict[str, Any]:
    return {f"source_{language}": source.get(language) for language in LANGUAGES} if isinstance(source, dict) else {}


def _as_words(figure: dict[str, Any]) -> dict[str, str]:
    """The names a table has as well: `id` is `key` here too."""
    words = {COLUMNS[name.replace("_", " ")]: value for name, value in figure.items() if name.replace("_", " ") in COLUMNS}
    return {name: str(value).strip() for name, value in words.items() if value is not None}
