"""A figure as the screen of the report shows it: beside the year before, with a way to its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.blocks.charts import Reading, bars
from core.figures.definitions import UNKNOWN
from core.models import FigureValue
from figures.report.figure import Number, ReportFigure
from figures.report.published import notes_about

# Of a figure and a part: where its rows are; empty for who may not open them, and where there are none.
type UrlOf = Callable[[ReportFigure, str], str]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A line of a breakdown. `length`: of its bar, in percent of the longest."""

    label: str
    value: Number
    share: Decimal
    length: str
    before: Number | None
    url: str


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One figure of the screen."""

    figure: ReportFigure
    before: Number | None
    unknown_before: int | None
    url: str
    unknown_url: str
    parts: list[ShownPart]
    published: list[FigureValue] = field(default_factory=list)


def shown(figure: ReportFigure, before: ReportFigure | None, url_of: UrlOf, published: Mapping[str, FigureValue]) -> ShownFigure:
    """With its year before, where that has the figure, and what was published of it and has a note."""
    return ShownFigure(
        figure=figure,
        before=before.value if before else None,
        unknown_before=before.unknown if before else None,
        url="" if figure.is_breakdown else url_of(figure, ""),
        unknown_url=url_of(figure, UNKNOWN) if figure.is_breakdown and figure.unknown else "",
        parts=_parts(figure, before, url_of),
        published=list(notes_about(figure, published)),
    )


def _parts(figure: ReportFigure, before: ReportFigure | None, url_of: UrlOf) -> list[ShownPart]:
    drawn = bars([Reading(part.label, Decimal(part.value)) for part in figure.parts])
    found = []
    for part, bar in zip(figure.parts, drawn, strict=True):
        earlier = before.part(part.code) if before else None
        # A part nobody was in a year before is 0, not unknown: the breakdown was counted.
        value = (earlier.value if earlier else 0) if before else None
        found.append(ShownPart(part.label, part.value, part.share, bar.share, value, url_of(figure, part.code) if part.value else ""))
    return found
