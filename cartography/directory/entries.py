"""Entries of the list, built from lean rows."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cartography.directory.freshness import is_fresh
from cartography.enums import PlaceStatus, Practice
from cartography.geo import belgium


@dataclass(slots=True)
class Entry:
    """One place as the list and the map show it."""

    page_id: int
    slug: str
    name: str
    other_name: str
    municipality: str
    postal_code: str
    nis: str
    region: str
    sector: str
    sector_name: str
    summary: str
    is_summary_french: bool
    practices: tuple[str, ...]
    languages: tuple[str, ...]
    is_open_to_placements: bool
    checked_on: datetime.date | None
    is_fresh: bool
    is_to_confirm: bool
    is_example: bool
    lat: float
    lon: float
    is_exact: bool
    url: str = ""

    @property
    def practice_labels(self) -> list[str]:
        return [str(Practice(code).label) for code in self.practices if code in Practice]

    @property
    def sought(self) -> str:
        """Everything a reader may look for it by, folded."""
        return (
            f"{belgium.search_key(f'{self.name} {self.other_name} {self.sector_name}')} {belgium.search_words(self.nis, self.postal_code)}"
        )


def build_entries(rows: Iterable[Mapping[str, Any]], *, language: str, today: datetime.date) -> list[Entry]:
    """`rows` as `PlaceQuerySet.rows()` gives them."""
    return [_entry(row, language, today) for row in rows]


def _entry(row: Mapping[str, Any], language: str, today: datetime.date) -> Entry:
    is_dutch = language == "nl" and bool(row["name_nl"])
    found = belgium.municipality(row["nis"])
    return Entry(
        page_id=row["pk"],
        slug=row["slug"],
        name=row["name_nl"] if is_dutch else row["name_fr"],
        other_name=row["name_fr"] if is_dutch else row["name_nl"],
        municipality=found.name(language) if found else row["nis"],
        postal_code=row["postal_code"],
        nis=row["nis"],
        region=row["region"],
        sector=row["sector__slug"],
        sector_name=row["sector_name"],
        summary=row["summary"] or row["summary_fr"],
        is_summary_french=language != "fr" and not row["summary"] and bool(row["summary_fr"]),
        practices=tuple(row["practices"] or ()),
        languages=tuple(row["languages"] or ()),
        is_open_to_placements=row["is_open_to_placements"],
        checked_on=row["checked_on"],
        is_fresh=is_fresh(row["checked_on"], today),
        is_to_confirm=row["status"] == PlaceStatus.TO_CONFIRM,
        is_example=row["is_example"],
        lat=row["lat"],
        lon=row["lon"],
        is_exact=row["is_point_placed"],
    )


def matching(entries: Iterable[Entry], search_text: str) -> list[int]:
    """The places with all words of `search_text` in name, sector, municipality or postal code; names that begin with it first."""
    key = belgium.search_key(search_text)
    parts = key.split()
    found: list[tuple[bool, bool, int, int]] = []
    for entry in entries:
        sought = entry.sought
        if all(part in sought for part in parts):
            found.append((not belgium.search_key(entry.name).startswith(key), not f" {sought}".count(f" {key}"), len(found), entry.page_id))
    return [page_id for *_rank, page_id in sorted(found)]
