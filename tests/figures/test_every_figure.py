"""All figures of all subjects, together: how many queries they take, and that none fails where there is nothing to count."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.figures.definitions import sources
from core.figures.period import Period, Scope
from figures.report.canonical import from_bytes, to_bytes
from figures.report.public import public
from figures.report.reading import definitions, read_report
from figures.report.rows import NoSuchRows, rows_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 60
YEAR = Scope(Period.of_year(2024))


def test_the_whole_report_takes_few_queries_also_with_the_year_before(direction: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        report = read_report(YEAR)
    assert len(captured) <= MOST_QUERIES, len(captured)
    assert len(report.figures) > 100
    assert len({figure.key for figure in report.figures}) == len(report.figures)
    by_source = {source.name: 0 for source in sources()}
    for name in by_source:
        by_source[name] = sum(figure.source == name for figure in report.figures)
    assert all(by_source.values()), by_source
    assert to_bytes(from_bytes(to_bytes(report))) == to_bytes(report)
    assert len(public(report).figures) == len(report.figures)


def test_every_figure_without_a_row_is_equal_to_its_rows() -> None:
    """Of an empty database. With rows: the tests of each subject, and `tests/figures/report` for any data."""
    for figure in read_report(YEAR).figures:
        try:
            rows = rows_of(figure, YEAR)
        except NoSuchRows:
            continue
        assert rows.permission.count(".") == 1, figure.key
        if not figure.is_breakdown:
            assert (figure.value or 0) == rows.total(), figure.key


def test_every_definition_is_explained_in_each_language() -> None:
    """A docstring says what is counted and what is not; a sentence says so to readers."""
    for (_source, key), definition in definitions().items():
        assert definition.count.__doc__, key
        assert str(definition.counts).strip(), key
