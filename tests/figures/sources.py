"""A subject of nobody's, for tests of the report: organisations of the directory are its rows, and each counts as somebody asked.

`note` tells which programme an organisation asked, such as `support connect`: who asked two of them is one organisation.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import Count as Number
from django.db.models import Q, QuerySet

from core.figures import definitions
from core.figures.definitions import UNKNOWN, Breakdown, Column, Count, Definition, Part, Rows, Source
from core.figures.period import Scope
from core.figures.questions import Questions, in_total
from core.models import FigureUnit, Organisation, Programme, Sector

PERMISSION = "core.view_organisation"


@dataclass(frozen=True)
class Asked:
    """What was read: organisations by sector (None: nobody knows), and those of any programme."""

    by_sector: Counter[str | None]
    names: dict[str, dict[str, str]]
    unique: int


def asking(scope: Scope) -> QuerySet[Organisation]:
    """Organisations that asked one of the programmes in the year their name says, each once."""
    asked = Q()
    for programme in scope.programmes:
        asked |= Q(municipality__contains=programme)
    return Organisation.objects.filter(asked, municipality__contains=str(scope.period.year))


def ask(scope: Scope) -> Questions[Asked]:
    """Three, however many rows."""
    rows = asking(scope).filter(municipality__contains=Programme.SUPPORT)
    by_sector = Counter({row["sector__slug"]: row["number"] for row in (yield rows.values("sector__slug").annotate(number=Number("pk")))})
    names = {each.slug: {"fr": each.name_fr, "nl": each.name_nl, "en": each.name_en} for each in (yield Sector.objects.all())}
    [unique] = yield in_total(asking(scope), number=Number("pk"))
    return Asked(by_sector, names, unique["number"])


def count_requests(asked: Asked) -> Count:
    """Organisations that asked Support."""
    return Count(sum(asked.by_sector.values()), known=sum(asked.by_sector.values()))


def count_sectors(asked: Asked) -> Breakdown:
    """Those organisations by sector, where it is known."""
    known = {slug: number for slug, number in asked.by_sector.items() if slug}
    return Breakdown(tuple(Part(slug, asked.names[slug], number) for slug, number in known.items()), unknown=asked.by_sector[None])


def count_unique(asked: Asked) -> Count:
    """Organisations that asked any of the programmes, each once."""
    return Count(asked.unique, known=asked.unique)


def rows_of_requests(scope: Scope, code: str) -> Rows:
    rows = asking(scope).filter(municipality__contains=Programme.SUPPORT)
    return Rows(queryset=rows, columns=COLUMNS, permission=PERMISSION)


def rows_of_sectors(scope: Scope, code: str) -> Rows:
    rows = asking(scope).filter(municipality__contains=Programme.SUPPORT)
    rows = rows.filter(sector=None) if code == UNKNOWN else rows.filter(sector__slug=code)
    return Rows(queryset=rows, columns=COLUMNS, permission=PERMISSION)


def rows_of_unique(scope: Scope, code: str) -> Rows:
    return Rows(queryset=asking(scope), columns=COLUMNS, permission=PERMISSION)


COLUMNS = (Column("Organisation", lambda row: row.name_fr), Column("Sector", lambda row: row.sector))
REQUESTS = Definition(
    key="test_requests",
    programme=Programme.SUPPORT,
    section="mobile-team",
    unit=FigureUnit.REQUESTS,
    label="Organisations that asked",
    counts="Organisations that asked Support in the year.",
    count=count_requests,
    rows=rows_of_requests,
)
SECTORS = Definition(
    key="test_sector",
    programme=Programme.SUPPORT,
    section="mobile-team",
    unit=FigureUnit.REQUESTS,
    label="Organisations that asked, by sector",
    counts="The sector of the organisation, where it is known.",
    count=count_sectors,
    rows=rows_of_sectors,
    part_of="test_requests",
)
UNIQUE = Definition(
    key="test_unique",
    programme=None,
    section="introduction",
    unit=FigureUnit.ORGANISATIONS,
    label="Organisations reached",
    counts="Organisations that asked any programme, each once.",
    count=count_unique,
    rows=rows_of_unique,
)
SOURCE = Source(name="tests", ask=ask, definitions=(REQUESTS, SECTORS, UNIQUE))


@contextmanager
def only(*sources: Source) -> Iterator[None]:
    """The report has these sources and no other."""
    registered = dict(definitions._registered)
    definitions._registered.clear()
    definitions.register(sources)
    try:
        yield
    finally:
        definitions._registered.clear()
        definitions._registered.update(registered)
