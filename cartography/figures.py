"""Figures of the map: the places at the end of a period, by sector. Counted by the site itself; nothing is typed."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count as CountOf
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from cartography.enums import VISIBLE
from cartography.models import Place, PlaceTransition
from core.figures.definitions import Breakdown, Column, Count, Definition, Part, Rows, Source
from core.figures.period import Period, Scope
from core.figures.questions import Questions
from core.models import FigureUnit, Programme

SECTION: Final = "pat-networking"
NAMES: Final = ("fr", "nl", "en")


@dataclass(frozen=True, slots=True)
class Read:
    """Places by sector. Shape: {slug: (names, places)}."""

    sectors: dict[str, tuple[dict[str, str], int]]


def ask(scope: Scope) -> Questions[Read]:
    """One."""
    names = {language: f"sector__name_{language}" for language in NAMES}
    rows = yield places_at_end(scope.period).order_by().values("sector__slug", *names.values()).annotate(count=CountOf("pk"))
    return Read({row["sector__slug"]: ({language: row[name] for language, name in names.items()}, row["count"]) for row in rows})


def places_at_end(period: Period) -> QuerySet[Place]:
    """Those readers saw when it ended, whatever became of them since."""
    changes = PlaceTransition.objects.filter(place=OuterRef("pk"), at__lt=period.ends).order_by("-at", "-pk")
    return Place.objects.annotate(then=Subquery(changes.values("to_status")[:1])).filter(then__in=VISIBLE)


def places(read: Read) -> Count:
    """Places on the map at the end of the period: published, or waiting for a confirmation."""
    total = sum(count for _names, count in read.sectors.values())
    return Count(total, known=total)


def by_sector(read: Read) -> Breakdown:
    """The same places, by the sector they work in now."""
    return Breakdown(tuple(Part(slug, names, count) for slug, (names, count) in sorted(read.sectors.items())))


def rows_of_places(scope: Scope, _part: str) -> Rows:
    """The places."""
    return _opened(places_at_end(scope.period))


def rows_of_sector(scope: Scope, part: str) -> Rows:
    """Those of a sector."""
    return _opened(places_at_end(scope.period).filter(sector__slug=part))


def _opened(queryset: QuerySet[Place]) -> Rows:
    return Rows(
        queryset=queryset.select_related("sector"),
        columns=(
            Column(_("Place"), lambda row: row.name),
            Column(_("Sector"), lambda row: row.sector.name),
            Column(_("Municipality"), lambda row: row.municipality),
        ),
        permission="cartography.view_place",
    )


DEFINITIONS = (
    Definition(
        key="map_places",
        programme=Programme.SUPPORT,
        section=SECTION,
        unit=FigureUnit.COUNT,
        label=_("Places on the map of peer support"),
        counts=_("Places readers saw on the map when the period ended."),
        count=places,
        rows=rows_of_places,
    ),
    Definition(
        key="map_sector",
        programme=Programme.SUPPORT,
        section=SECTION,
        unit=FigureUnit.COUNT,
        label=_("Places on the map, by sector"),
        counts=_("The same places, by the sector they work in."),
        count=by_sector,
        rows=rows_of_sector,
        part_of="map_places",
    ),
)
SOURCES = (Source(name="cartography", ask=ask, definitions=DEFINITIONS),)
