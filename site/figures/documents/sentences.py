"""The report's sentences, ready to paste: templates as data (sentences.json), with the numbers of a year.

`{tr_days}` is a number in the reader's way of writing, `{tr_days:jour|jours}` the number with its word, `{tr_days?est|sont}` the word
alone, `{tr_sector*3}` the three largest parts with their shares. A sentence with a figure that is not there, or not shown in public,
is left out.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils import translation

from core.figures.sections import section_label
from core.text.numbers import written_number
from figures.report.figure import ReportFigure
from figures.report.public import TOGETHER, public
from figures.report.reading import Report

LANGUAGES = ("fr", "nl")
TOKEN = re.compile(r"\{(?P<key>[\w-]+)(?:\*(?P<most>\d)|(?P<how>[:?])(?P<one>[^|}]*)\|(?P<many>[^}]*))?\}")
NO_BREAK = "\N{NO-BREAK SPACE}"
YEAR = "year"


class Missing(Exception):
    """A figure of the sentence cannot be told."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence; with the key of the figure they tell."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a section, in one language."""

    section: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def section_name(self) -> str:
        return section_label(self.section)


def sentences(report: Report, language: str) -> list[Sentence]:
    """All that can be told in a language, small numbers hidden."""
    shown = public(report)
    with translation.override(language):
        return [*_told(shown, language)]


def _told(report: Report, language: str) -> Iterator[Sentence]:
    for template in templates():
        try:
            yield Sentence(template["section"], tuple(_pieces(template[language], report, language)))
        except Missing:
            continue


@cache
def templates() -> tuple[dict[str, str], ...]:
    return tuple(json.loads((Path(__file__).parent / "sentences.json").read_text("utf-8")))


def keys_of(template: dict[str, str]) -> set[str]:
    """The figures a sentence needs."""
    return {match["key"] for language in LANGUAGES for match in TOKEN.finditer(template[language])} - {YEAR}


def _pieces(template: str, report: Report, language: str) -> Iterator[Piece]:
    end = 0
    for match in TOKEN.finditer(template):
        if match.start() > end:
            yield Piece(template[end : match.start()])
        yield from _piece(match, report, language)
        end = match.end()
    if end < len(template):
        yield Piece(template[end:])


def _piece(match: re.Match[str], report: Report, language: str) -> Iterator[Piece]:
    key = match["key"]
    if key == YEAR:
        yield Piece(str(report.year))
        return
    figure = report.by_key.get(key)
    if figure is None or figure.is_hidden or figure.value is None:
        raise Missing(key)
    if match["most"]:
        yield from _largest(figure, int(match["most"]))
        return
    word = match["one"] if is_one(figure.value, language) else match["many"]
    if match["how"] == "?":
        yield Piece(word)
        return
    yield Piece(written_number(figure.value), key)
    if match["how"]:
        yield Piece(f"{NO_BREAK}{word}")


def is_one(number: object, language: str) -> bool:
    """French counts 0 and 1,5 as one; Dutch only 1."""
    return abs(number) < 2 if language == "fr" else number == 1  # type: ignore[arg-type]


def _largest(figure: ReportFigure, most: int) -> Iterator[Piece]:
    parts = [part for part in figure.parts if part.code != TOGETHER and part.value][:most]
    if not parts:
        raise Missing(figure.key)
    for number, part in enumerate(parts):
        yield Piece(f"{', ' if number else ''}{_lower(part.label)} (")
        yield Piece(f"{written_number(part.share)}{NO_BREAK}%", figure.key)
        yield Piece(")")


def _lower(label: str) -> str:
    """Inside a sentence; a name in capitals, such as MIRIAM, stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
