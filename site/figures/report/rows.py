"""What a figure was counted from."""

from core.figures.definitions import Rows
from core.figures.period import Scope
from figures.report.reading import asked, definitions


class NoSuchRows(Exception):
    """No figure of that key is asked, or it has no rows of its own."""


def rows_of(key: str, scope: Scope, code: str = "") -> Rows:
    """The rows of a figure, or of a part of a breakdown. Raises NoSuchRows."""
    definition = definitions().get(key)
    if definition is None or definition.rows is None or not asked(definition, scope):
        raise NoSuchRows(key)
    return definition.rows(scope, code)
