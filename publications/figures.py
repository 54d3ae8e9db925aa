"""Figures of the publications: downloads, copies given, print runs. All counted by the site itself; nothing is typed."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from core.figures.definitions import Breakdown, Column, Count, Definition, Part, Rows, Source, in_languages
from core.figures.period import Period, Scope
from core.figures.questions import Questions, in_total
from core.models import FigureUnit, Programme
from core.text.dates import written
from publications.enums import MoveKind, OrderStatus
from publications.models import DownloadCount, PrintRun, StockMove

SECTION: Final = "publications"
# How copies come to readers: by an order, once it is sent; from hand to hand; to the authors.
WAYS: Final = (MoveKind.RESERVED, MoveKind.HANDED_OUT, MoveKind.AUTHORS)
NAMES: Final = {MoveKind.RESERVED: _("sent on order")}


@dataclass(frozen=True, slots=True)
class Read:
    """What is known of a period. `print_runs`: `{code of the work: (name, copies)}`."""

    downloads: int
    copies: dict[str, int]
    print_runs: dict[str, tuple[str, int]]


def ask(scope: Scope) -> Questions[Read]:
    """Three."""
    period = scope.period
    runs = yield runs_in(period).order_by().values("edition__work__code", "edition__work__name").annotate(total=Sum("quantity"))
    [downloads] = yield in_total(downloads_in(period), total=Sum("count"))
    copies = yield moves_in(period).order_by().values("kind").annotate(total=Sum("copies"))
    return Read(
        downloads=downloads["total"] or 0,
        copies={row["kind"]: row["total"] for row in copies},
        print_runs={row["edition__work__code"]: (row["edition__work__name"], row["total"]) for row in runs},
    )


def downloads_in(period: Period) -> QuerySet[DownloadCount]:
    return DownloadCount.objects.filter(day__range=(period.first, period.last))


def moves_in(period: Period) -> QuerySet[StockMove]:
    """Copies that came to readers in a period. Those of an order count on the day it is sent, not while they wait on the shelf."""
    of_orders = Q(
        kind=MoveKind.RESERVED, order__status=OrderStatus.SENT, order__closed_at__gte=period.begins, order__closed_at__lt=period.ends
    )
    by_hand = Q(kind__in=(MoveKind.HANDED_OUT, MoveKind.AUTHORS), at__gte=period.begins, at__lt=period.ends)
    return StockMove.objects.filter(of_orders | by_hand).annotate(copies=-F("quantity"))


def runs_in(period: Period) -> QuerySet[PrintRun]:
    return PrintRun.objects.filter(printed_on__range=(period.first, period.last))


def downloads(read: Read) -> Count:
    """Files downloaded from the site; who reads one twice is two. Robots that say so are not counted."""
    return Count(read.downloads, known=read.downloads)


def copies(read: Read) -> Breakdown:
    """Copies that came to readers: sent on order, handed out, given to authors. Legal deposit and losses are not among them."""
    parts = [Part(str(kind), in_languages(NAMES.get(kind, kind.label)), read.copies[kind]) for kind in WAYS if read.copies.get(kind)]
    return Breakdown(tuple(parts))


def print_runs(read: Read) -> Breakdown:
    """Copies that came from the printer, by publication."""
    return Breakdown(
        tuple(
            Part(code, dict.fromkeys(("fr", "nl", "en"), name), total, f"{code.replace('-', '')}_print_run")
            for code, (name, total) in sorted(read.print_runs.items())
        )
    )


def rows_of_downloads(scope: Scope, _part: str) -> Rows:
    """Days and editions."""
    return Rows(
        queryset=downloads_in(scope.period).select_related("edition"),
        columns=(
            Column(_("Day"), lambda row: written(row.day)),
            Column(_("Edition"), lambda row: row.edition.title),
            Column(_("Downloads"), lambda row: row.count),
        ),
        permission="publications.view_downloadcount",
        weight="count",
    )


def rows_of_copies(scope: Scope, part: str) -> Rows:
    """Stock moves; no reader is named."""
    return Rows(
        queryset=moves_in(scope.period).filter(kind=part).select_related("edition"),
        columns=(
            Column(_("Day"), lambda row: written(row.at)),
            Column(_("Edition"), lambda row: row.edition.title),
            Column(_("How"), lambda row: NAMES.get(row.kind, row.get_kind_display())),
            Column(_("Copies"), lambda row: row.copies),
        ),
        permission="publications.view_stockmove",
        weight="copies",
    )


def rows_of_print_runs(scope: Scope, part: str) -> Rows:
    """Print runs of a publication."""
    return Rows(
        queryset=runs_in(scope.period).filter(edition__work__code=part).select_related("edition"),
        columns=(
            Column(_("Day"), lambda row: written(row.printed_on)),
            Column(_("Edition"), lambda row: row.edition.title),
            Column(_("Copies"), lambda row: row.quantity),
        ),
        permission="publications.view_printrun",
        weight="quantity",
    )


def _figure(key: str, unit: FigureUnit, **words: Any) -> Definition:
    return Definition(key=key, programme=Programme.CONNECT, section=SECTION, unit=unit, **words)


DEFINITIONS = (
    _figure(
        "pub_downloads",
        FigureUnit.COUNT,
        label=_("Publications downloaded"),
        counts=_("Files downloaded from the site; who reads one twice is two."),
        count=downloads,
        rows=rows_of_downloads,
    ),
    _figure(
        "pub_copies",
        FigureUnit.COPIES,
        label=_("Copies given"),
        counts=_("Copies sent on order, handed out or given to authors; without legal deposit and losses."),
        count=copies,
        rows=rows_of_copies,
    ),
    _figure(
        "print_run",
        FigureUnit.COPIES,
        label=_("Copies printed"),
        counts=_("Copies that came from the printer, by publication."),
        count=print_runs,
        rows=rows_of_print_runs,
    ),
)
SOURCES = (Source(name="publications", ask=ask, definitions=DEFINITIONS),)
