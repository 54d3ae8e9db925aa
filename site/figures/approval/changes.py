"""What a version says otherwise than the one before, figure by figure."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.text.numbers import written_number
from figures.report.figure import Number, ReportFigure
from figures.report.reading import Report


@dataclass(frozen=True, slots=True)
class Change:
    """One number, before and after; None where there was none."""

    key: str
    label: str
    what: str
    before: Number | None
    after: Number | None

    @property
    def written_before(self) -> str:
        return _written(self.before)

    @property
    def written_after(self) -> str:
        return _written(self.after)


def changes(before: Report, after: Report) -> list[Change]:
    """In the order of the later report; what it no longer has comes last."""
    found = [change for figure in after.figures for change in _of(before.by_key.get(figure.key), figure)]
    gone = [figure for figure in before.figures if figure.key not in after.by_key]
    return [*found, *(change for figure in gone for change in _of(figure, None))]


def _of(before: ReportFigure | None, after: ReportFigure | None) -> Iterator[Change]:
    shown = after or before
    if shown is None:
        return
    names = {part.code: part.label for figure in (before, after) if figure for part in figure.parts}
    numbers = [_numbers(figure, names) for figure in (before, after)]
    for what in {**numbers[0], **numbers[1]}:
        old, new = (each.get(what) for each in numbers)
        if old != new:
            yield Change(shown.key, shown.label, what, old, new)
    if before and after and _words(before) != _words(after):
        yield Change(shown.key, shown.label, _("what it counts is said otherwise"), None, None)


def _numbers(figure: ReportFigure | None, names: dict[str, str]) -> dict[str, Number | None]:
    """Every number of a figure by what it is."""
    if figure is None:
        return {}
    parts = {part.code: part.value for part in figure.parts}
    # A part nobody was in is 0 in the version that does not list it.
    of_parts: dict[str, Number | None] = {label: parts.get(code, 0) for code, label in names.items()}
    return {_("value"): figure.value, **of_parts, _("known"): figure.known, _("not known"): figure.unknown}


def _words(figure: ReportFigure) -> tuple[object, ...]:
    return figure.labels, figure.counts, figure.unit, figure.section, figure.programme, figure.adds_up, figure.part_of


def _written(number: Number | None) -> str:
    return "–" if number is None else written_number(number)
