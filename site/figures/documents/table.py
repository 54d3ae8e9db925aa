"""The report as a table: a line for each figure and each part, beside the year before."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from figures.report.figure import ReportFigure
from figures.report.reading import Report

type Row = tuple[Any, ...]


def headings(report: Report, before: Report) -> list[str]:
    return [
        _("Programme"),
        _("Section"),
        _("Key"),
        _("Figure"),
        _("Part"),
        _("Unit"),
        str(report.year),
        _("Share (%)"),
        _("Known"),
        _("Not known"),
        str(before.year),
        _("What it counts"),
    ]


def rows(report: Report, before: Report) -> Iterator[Row]:
    """In the order of the report."""
    for figure in report.figures:
        yield from _rows_of(figure, before.by_key.get(figure.key))


def _rows_of(figure: ReportFigure, before: ReportFigure | None) -> Iterator[Row]:
    place = (figure.programme_name, figure.section_name, figure.key, figure.label)
    value, earlier = _number(figure), _number(before) if before else None
    yield (*place, "", figure.unit_name, value, None, figure.known, figure.unknown, earlier, figure.what_it_counts)
    for part in figure.parts:
        old = before.part(part.code) if before else None
        yield (*place, part.label, figure.unit_name, part.value, part.share, None, None, old.value if old else None, "")


def _number(figure: ReportFigure) -> Any:
    return _("not shown") if figure.is_hidden else figure.value
