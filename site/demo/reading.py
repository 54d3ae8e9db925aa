"""Reads the demo's content. A text is a map of the three languages; French is the source."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content"
LANGUAGES = ("fr", "nl", "en")
Text = dict[str, str]


def sheets(folder: str) -> list[dict[str, Any]]:
    """Every YAML file of a folder of content/, by name of file."""
    return [_spaced(yaml.safe_load(path.read_text("utf-8"))) for path in sorted((CONTENT / folder).glob("*.yaml"))]


def sheet(name: str) -> dict[str, Any]:
    """One YAML file of content/."""
    content: dict[str, Any] = _spaced(yaml.safe_load((CONTENT / f"{name}.yaml").read_text("utf-8")))
    return content


def facts(name: str) -> Any:
    """A JSON file of content/facts/."""
    return json.loads((CONTENT / "facts" / f"{name}.json").read_text("utf-8"))


def _spaced(value: Any) -> Any:
    """French keeps a no-break space before its double punctuation, so that no line begins with it."""
    if is_text(value):
        return value | {"fr": re.sub(r" ([:;?!»])", "\u00a0\\1", value["fr"]).replace("« ", "«\u00a0")}
    if isinstance(value, dict):
        return {key: _spaced(child) for key, child in value.items()}
    return [_spaced(child) for child in value] if isinstance(value, list) else value


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
