"""A report as everybody may read it: without small numbers, and without what would give them away (`figures.small_cells`)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.figures.definitions import in_languages
from core.models.figures import FigureUnit
from figures.percentages import shares
from figures.report.figure import Number, ReportFigure, ReportPart, key_of_part
from figures.report.reading import Report
from figures.small_cells import Table, hidden_cells, is_small

# The code of the line that holds the hidden parts together. No source has it: codes are slugs.
TOGETHER = "*"
# What people, or what they asked for, are counted in. Two debates are no secret, two tenants are.
OF_PEOPLE = frozenset(
    (
        FigureUnit.PERSONS,
        FigureUnit.PARTICIPANTS,
        FigureUnit.HIRES,
        FigureUnit.REASONS,
        FigureUnit.REQUESTS,
        FigureUnit.FILES,
        FigureUnit.MOVES,
        FigureUnit.TEAMS,
        FigureUnit.INSTITUTIONS,
        FigureUnit.ORGANISATIONS,
    )
)
# What is said of people as one number: nothing is, of fewer than five.
OF_MANY = frozenset((FigureUnit.PERCENT, FigureUnit.YEARS, FigureUnit.PER_MONTH, FigureUnit.PER_WEEK))


def public(report: Report) -> Report:
    """The same figures; of those that are hidden, `is_hidden` is all that is told."""
    hidden = hidden_cells(tables(report.figures))
    return Report(report.period, report.programmes, tuple(_shown(figure, hidden) for figure in report.figures))


def tables(figures: Iterable[ReportFigure]) -> Iterator[Table]:
    """Every sum that readers could make."""
    figures = list(figures)
    numbers = _numbers(figures)
    for figure in figures:
        if figure.unit not in OF_PEOPLE:
            continue
        if figure.is_breakdown:
            total = _total_of(figure, numbers)
            yield Table(total, {key_of_part(figure.key, part): int(part.value) for part in figure.parts})
        elif isinstance(figure.value, int):
            total = figure.key
            yield Table("", {figure.key: figure.value})
            yield from _rest(figure, numbers)
        yield from _sum(figure, total, numbers)


def _numbers(figures: Iterable[ReportFigure]) -> dict[str, Number]:
    """Everything that is shown, by its key."""
    numbers: dict[str, Number] = {}
    for figure in figures:
        numbers |= {key_of_part(figure.key, part): part.value for part in figure.parts}
        numbers[figure.key] = figure.value or 0
    return numbers


def _total_of(figure: ReportFigure, numbers: Mapping[str, Number]) -> str:
    """The number it breaks down. How many are not known is told beside, so who knows one total knows the other: one name."""
    return figure.part_of if numbers.get(figure.part_of) == _all_of(figure) else figure.key


def _all_of(figure: ReportFigure) -> Number:
    return (figure.value or 0) + (figure.unknown if figure.is_breakdown else 0)


def _rest(figure: ReportFigure, numbers: Mapping[str, Number]) -> Iterator[Table]:
    """Of a whole and its part, the difference is a number too, though nobody prints it."""
    whole, value = numbers.get(figure.part_of), figure.value
    if isinstance(whole, int) and isinstance(value, int) and whole >= value:
        yield Table(figure.part_of, {figure.key: value, f"{figure.part_of} without {figure.key}": whole - value})


def _sum(figure: ReportFigure, total: str, numbers: Mapping[str, Number]) -> Iterator[Table]:
    cells = {key: numbers[key] for key in figure.sum_of if key in numbers}
    if cells and sum(cells.values()) == _all_of(figure):
        yield Table(total, cells)


def _shown(figure: ReportFigure, hidden: set[str]) -> ReportFigure:
    if not figure.is_public or hidden.intersection(figure.computed_from):
        return _concealed(figure)
    if figure.is_breakdown:
        return _shown_breakdown(figure, hidden)
    of_few = figure.unit in OF_MANY and (is_small(figure.known) or _tells_of_few(figure))
    return _concealed(figure) if of_few or figure.key in hidden else figure


def _tells_of_few(figure: ReportFigure) -> bool:
    """90 % of 20 people is said; 95 % of them is one who is not."""
    if figure.unit != FigureUnit.PERCENT or figure.value is None:
        return False
    inside = round(Decimal(figure.value) * figure.known / 100)
    return is_small(inside) or is_small(figure.known - inside)


def _shown_breakdown(figure: ReportFigure, hidden: set[str]) -> ReportFigure:
    concealed = [part for part in figure.parts if key_of_part(figure.key, part) in hidden]
    if not concealed:
        return figure
    if {figure.key, figure.part_of} & hidden:
        return _concealed(figure)
    kept = [part for part in figure.parts if part not in concealed]
    values = [*(part.value for part in kept), sum(part.value for part in concealed)]
    *own, together = shares(values)
    parts = [replace(part, share=share) for part, share in zip(kept, own, strict=True)]
    return replace(figure, parts=(*parts, ReportPart(TOGETHER, _names(concealed), values[-1], together)))


def _names(parts: list[ReportPart]) -> dict[str, str]:
    """`Together: housing, migration`, by code: the order tells nothing."""
    heading = in_languages(_("Together"))
    parts = sorted(parts, key=lambda part: part.code)
    return {language: f"{word}: {', '.join(part.labels.get(language, part.code) for part in parts)}" for language, word in heading.items()}


def _concealed(figure: ReportFigure) -> ReportFigure:
    return replace(figure, value=None, known=0, unknown=0, parts=(), is_hidden=True)
