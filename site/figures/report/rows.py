"""What a figure was counted from."""

from core.figures.definitions import Rows
from core.figures.period import Scope
from figures.report.figure import ReportFigure
from figures.report.reading import definitions, read_report


class NoSuchRows(Exception):
    """No figure of that key is asked, or it has no rows of its own."""


def figure_of(key: str, scope: Scope) -> ReportFigure:
    """The figure as it is counted now. Raises NoSuchRows."""
    figure = read_report(scope, keys={key}).by_key.get(key)
    if figure is None:
        raise NoSuchRows(key)
    return figure


def rows_of(figure: ReportFigure, scope: Scope, code: str = "") -> Rows:
    """What a figure was counted from, or a part of a breakdown. Raises NoSuchRows."""
    definition = definitions()[figure.source, figure.key]
    if definition.rows is None:
        raise NoSuchRows(figure.key)
    return definition.rows(scope, code)
