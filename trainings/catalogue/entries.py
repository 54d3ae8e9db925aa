"""Entries of the catalogue, built from lean rows: the module pages of a language, and the upcoming sessions."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from trainings.enums import Delivery
from trainings.seats.places import PlacesLeft

ONLINE = "online"
NONE = PlacesLeft()
SOON_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """One variant of a module: an upcoming session, or, while there is none, the module without a date."""

    languages: tuple[str, ...]
    session_id: int | None = None
    place: str = ""
    place_name: str = ""
    period: tuple[str, ...] = ("undated",)
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    meetings: int = 0
    places: PlacesLeft = NONE
    closes_at: datetime.datetime | None = None
    delivery: str = ""

    def values(self, facet: str) -> tuple[str, ...]:
        """What this offer answers to in one of the facets of sessions."""
        match facet:
            case "language":
                return self.languages
            case "period":
                return self.period
            case "place":
                places = (self.place,) if self.place else ()
                return (*places, ONLINE) if self.delivery in {Delivery.ONLINE, Delivery.HYBRID} else places
            case "seats":
                return ("free",) if self.places.anybody else ()
        return ()


@dataclass(slots=True)
class Entry:
    """One module as the catalogue shows it."""

    page_id: int
    module_id: int
    number: int
    title: str
    slug: str
    summary: str
    theme: str
    theme_name: str
    programme: str
    format: str
    delivery: str
    days: Decimal
    price: int
    languages: tuple[str, ...]
    is_example: bool
    offers: list[Offer] = field(default_factory=list)
    matching: list[Offer] = field(default_factory=list)  # those that answer the filters, soonest first
    url: str = ""

    @property
    def shown(self) -> Offer | None:
        """The offer its card tells of."""
        return self.matching[0] if self.matching else None

    def value(self, facet: str) -> str:
        """What the module itself answers to in one of its own facets: theme, programme, format."""
        return str(getattr(self, facet))


def build_entries(sheets: Iterable[Mapping[str, Any]], sessions: Iterable[Mapping[str, Any]], *, now: datetime.datetime) -> list[Entry]:
    """The entries with their offers, soonest first. `sheets` and `sessions` as the QuerySets' catalogue_rows() give them."""
    soon_ends = _months_after(timezone.localtime(now), SOON_MONTHS)
    offers: dict[int, list[Offer]] = defaultdict(list)
    for row in sessions:
        offers[row["module_id"]].append(_offer(row, soon_ends))
    entries = []
    for row in sheets:
        entry = _entry(row)
        entry.offers = offers.get(entry.module_id) or [Offer(languages=entry.languages, delivery=entry.delivery)]
        entries.append(entry)
    return entries


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        page_id=row["pk"],
        module_id=row["module_id"],
        number=row["module__number"],
        title=row["title"],
        slug=row["slug"],
        summary=row["listing_summary"] or row["intro"],
        theme=row["module__theme__slug"],
        theme_name=row["theme_name"],
        programme=row["module__programme"],
        format=row["module__format"],
        delivery=row["module__delivery"],
        days=row["module__days"],
        price=row["module__price"],
        languages=tuple(row["module__languages"] or ()),
        is_example=row["module__is_example"],
    )


def _offer(row: Mapping[str, Any], soon_ends: datetime.datetime) -> Offer:
    online = row["delivery"] == Delivery.ONLINE
    municipality = "" if online else row["venue__municipality_fr"] or ""
    return Offer(
        languages=(row["language"],),
        session_id=row["pk"],
        # The code of a place is its French name in every language, so that switching language keeps the filter.
        place=slugify(municipality),
        place_name=row["municipality"] or municipality,
        period=("dated", "soon" if row["starts_at"] < soon_ends else "later"),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        meetings=row["meeting_count"],
        places=row["places"],
        closes_at=row["enrolment_closes_at"],
        delivery=row["delivery"],
    )


def _months_after(moment: datetime.datetime, months: int) -> datetime.datetime:
    month = moment.month - 1 + months
    year, month = moment.year + month // 12, month % 12 + 1
    # The 28th exists in every month: three months after 30 November is 28 February, a day or two early and never an error.
    day = moment.day if moment.day <= 28 else 28
    return moment.replace(year=year, month=month, day=day, hour=23, minute=59)
