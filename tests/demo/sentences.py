"""Sentences of the demo's texts, counted as a reader meets them.

Counted: introductions, paragraphs, items of lists, texts of callouts, steps, questions and doors, abstracts of publications, the prose of
modules. Each text ends its last sentence, so an item of a list never runs on into the next. Not counted: titles, headings, labels, links,
quotations, what only search engines read. A word is what stands between two spaces; a number with its thousands apart and its sign is one.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from demo.reading import LANGUAGES, is_text, sheets

PROSE = frozenset(
    (
        *("intro", "paragraph", "list", "text", "abstract", "about", "opening", "outlook"),
        *("summary", "method", "practical", "audience", "outcomes", "prerequisites", "contents"),
    )
)
NO_PROSE = frozenset(("links", "figures", "chart", "charts", "tables", "quote", "organisations", "key_figures"))
# What ends in a point and ends no sentence, in the three languages.
ABBREVIATIONS = re.compile(
    r"\b(?:p\. ?ex|c\.-à-d|etc|art|max|min|env|av|bd|tél|Ste?|Dr|Mme|nr?|bv|bijv|enz|o\.a|m\.a\.w|d\.w\.z|t\.e\.m|resp|vs|ca|cf"
    r"|e\.g|i\.e|approx|[A-Z])\.(?=\s+\S)"
)
POINT = "\u2024"  # stands for the point of an abbreviation while a text is cut
END = re.compile(r"(?<=[.!?…])(?:[ \u00a0]?[»”’)])*\s+(?=[«“‘(]*[ \u00a0]?[^\W_])|\n+")
# What a space holds together: thousands, a number and its sign, a word and its punctuation.
HELD = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)|[ \u00a0\u202f](?=[%€:;?!»])|(?<=«)[ \u00a0\u202f]")


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    plain = ABBREVIATIONS.sub(lambda found: found[0].replace(".", POINT), text)
    return [each.replace(POINT, ".") for each in END.split(plain) if words(each)]


def words(sentence: str) -> list[str]:
    """The words of a sentence."""
    return [word for word in HELD.sub("", sentence).split() if any(char.isalnum() for char in word)]


def prose(value: Any, name: str = "") -> Iterator[dict[str, str]]:
    """The texts of a sheet that are read as sentences."""
    if is_text(value):
        if name in PROSE:
            yield value
    elif isinstance(value, dict):
        for key, child in value.items():
            if key not in NO_PROSE:
                yield from prose(child, key)
    elif isinstance(value, list):
        for child in value:
            yield from prose(child, name)


@dataclass(frozen=True, slots=True)
class Measured:
    """How long the sentences of a page are in one language."""

    kind: str
    page: str
    language: str
    count: int
    words: int

    @property
    def average(self) -> float:
        return self.words / self.count if self.count else 0.0


@cache
def measured() -> list[Measured]:
    """Every sheet in every language; `kind` is its type of page."""
    found = []
    for folder in ("pages", "publications", "modules"):
        for sheet in sheets(folder):
            kind = sheet.get("type") or folder.removesuffix("s")
            page = str(sheet.get("key") or sheet["slug"]["fr"])
            for language in LANGUAGES:
                lengths = [len(words(each)) for text in prose(sheet) for each in sentences(text[language])]
                found.append(Measured(kind, page, language, len(lengths), sum(lengths)))
    return found


def by_kind(pages: list[Measured]) -> dict[tuple[str, str], float]:
    """The average of each type of page in each language."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for each in pages:
        total = sums[each.kind, each.language]
        total[0] += each.words
        total[1] += each.count
    return {key: total / (count or 1) for key, (total, count) in sums.items()}


def worst(pages: list[Measured], bar: float) -> str:
    """The pages over the bar, the longest sentences first, to be printed."""
    over = sorted((each for each in pages if each.average > bar), key=lambda each: -each.average)
    return "\n".join(f"{each.average:5.1f} words: {each.kind} {each.page} ({each.language}, {each.count} sentences)" for each in over)
