"""Reads the demo's content. A text is a map of the three languages; French is the source."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from demo.figures import UnknownFigure, with_figures

CONTENT = Path(__file__).parent / "content"
LANGUAGES = ("fr", "nl", "en")
Text = dict[str, str]


def sheets(folder: str) -> list[dict[str, Any]]:
    """Every YAML file of a folder of content/, by name of file."""
    return [_read(path) for path in sorted((CONTENT / folder).glob("*.yaml"))]


def sheet(name: str) -> dict[str, Any]:
    """One YAML file of content/."""
    return _read(CONTENT / f"{name}.yaml")


def as_typed(path: Path) -> dict[str, Any]:
    """A YAML file as it was written: its figures are still ids."""
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content


def facts(name: str) -> Any:
    """A JSON file of content/facts/."""
    return json.loads((CONTENT / "facts" / f"{name}.json").read_text("utf-8"))


def _read(path: Path) -> dict[str, Any]:
    try:
        read: dict[str, Any] = _for_readers(as_typed(path))
    except UnknownFigure as error:
        raise UnknownFigure(f"{path.relative_to(CONTENT)}: {error}") from error
    return read


def _for_readers(value: Any) -> Any:
    """Texts with their figures and their spaces; what is no text stays as it is."""
    if is_text(value):
        return {language: _spaced(with_figures(words, language), language) for language, words in value.items()}
    if isinstance(value, dict):
        return {key: _for_readers(child) for key, child in value.items()}
    return [_for_readers(child) for child in value] if isinstance(value, list) else value


def _spaced(words: str, language: str) -> str:
    """French keeps a no-break space before its double punctuation, so that no line begins with it."""
    return re.sub(r" ([:;?!»])", "\u00a0\\1", words).replace("« ", "«\u00a0") if language == "fr" else words


def is_text(value: Any) -> bool:
    """Whether `value` is a text in the three languages."""
    return isinstance(value, dict) and set(value) == set(LANGUAGES)


def texts_in(value: Any) -> Iterator[Text]:
    """Every text anywhere inside a sheet."""
    if is_text(value):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from texts_in(child)
    elif isinstance(value, list):
        for child in value:
            yield from texts_in(child)
