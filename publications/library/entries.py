"""Entries of the library, built from lean rows: pages of a language, editions, themes."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.languages import current_language

PDF, PAPER, RECORD = "pdf", "paper", "record"


@dataclass(frozen=True, slots=True)
class Hit:
    """Words found inside a PDF: on which page (`text`: its row). Of those shown, `parts` alternates words outside and inside the match."""

    reference: str
    text: int
    page: int
    language: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """The picture of a file's first page."""

    reference: str
    version: int


NO_COVER = Cover(reference="", version=0)


@dataclass(slots=True)
class Entry:
    """One work as the library shows it."""

    page_id: int
    work_id: int
    code: str
    title: str
    subtitle: str
    slug: str
    summary: str
    kind: str
    series: str
    series_name: str
    number: int | None
    year: int
    published_on: datetime.date | None
    programme: str
    is_example: bool
    is_withdrawn: bool
    themes: dict[str, str] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    cover: Cover = NO_COVER
    title_language: str = ""  # where the title is not in the language of the page
    hit: Hit | None = None
    url: str = ""

    def values(self, facet: str) -> tuple[str, ...]:
        """What the work answers to in a facet."""
        match facet:
            case "series":
                return (self.series,) if self.series else ()
            case "theme":
                return tuple(self.themes)
            case "programme":
                return (self.programme,) if self.programme else ()
            case "year":
                return (str(self.year),)
            case "language":
                return tuple(self.languages)
        return tuple(self.formats) or (RECORD,)


def build_entries(pages: Iterable[Mapping[str, Any]], editions: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """`pages` and `editions` as the QuerySets' library_rows() give them."""
    by_work: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in editions:
        by_work[row["work_id"]].append(row)
    entries = []
    for row in pages:
        entry = _entry(row)
        if not entry.is_withdrawn:
            _offer(entry, by_work[entry.work_id])
        entries.append(entry)
    return entries


def language_of_title(title: str, printed: Iterable[tuple[str, Iterable[str]]], shown_in: str) -> str:
    """The language of a title that is shown as printed on an edition in another language only; else empty.

    `printed`: title and languages of each edition.
    """
    languages = {code for text, codes in printed if text == title for code in codes}
    return languages.pop() if len(languages) == 1 and shown_in not in languages else ""


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        page_id=row["pk"],
        work_id=row["work_id"],
        code=row["work__code"],
        title=row["title"],
        subtitle=row["subtitle"],
        slug=row["slug"],
        summary=row["listing_summary"] or row["intro"],
        kind=row["work__kind"],
        series=row["work__series__slug"] or "",
        series_name=row["series_name"] or "",
        number=row["work__number"],
        year=row["work__year"],
        published_on=row["work__published_on"],
        programme=row["work__programme"],
        is_example=row["work__is_example"],
        is_withdrawn=row["work__withdrawn_on"] is not None,
        # `code|name` a line, as library_rows() joins them; `|` alone where a work has no theme.
        themes=dict(line.split("|", 1) for line in (row["themes"] or "").split("\n") if line.strip("|")),
    )


def _offer(entry: Entry, editions: Iterable[Mapping[str, Any]]) -> None:
    """What can be had of a work: languages, formats, and the first cover there is."""
    editions = list(editions)
    entry.title_language = language_of_title(entry.title, ((row["title"], row["languages"]) for row in editions), current_language())
    for row in editions:
        entry.languages += [code for code in row["languages"] if code not in entry.languages]
        formats = ([PDF] if row["current_file_id"] else []) + ([PAPER] if row["is_orderable"] else [])
        entry.formats += [each for each in formats if each not in entry.formats]
        if row["cover"] and entry.cover == NO_COVER:
            entry.cover = Cover(reference=row["reference"], version=row["version"])


def found_by_page_or_file(pages: Iterable[int], hits: Mapping[int, Hit], entries: Iterable[Entry]) -> list[int]:
    """The pages to show for some words: first those whose own words answer, then those whose file does, best first."""
    page_of = {entry.work_id: entry.page_id for entry in entries}
    return list(dict.fromkeys([*pages, *(page_of[work] for work in hits if work in page_of)]))
