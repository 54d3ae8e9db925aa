"""All figures of all subjects, together: how many queries they take, and that none fails where there is nothing to count."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.figures.definitions import sources
from core.figures.period import Period, Scope
from figures.report.canonical import from_bytes, to_bytes
from figures.report.public import public
from figures.report.reading import definitions, read_report, read_reports
from figures.report.rows import NoSuchRows, rows_of
from tests.figures.scene import two_years

pytestmark = pytest.mark.django_db
MOST_QUERIES = 60
YEAR = Scope(Period.of_year(2024))


def queries_of(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_the_screen_of_a_year_with_the_year_before_takes_few_queries(direction: Client) -> None:
    """Of all subjects; neither year was approved, so both are counted."""
    two_years(2024)
    direction.get("/admin/report/?year=2024")
    assert queries_of(lambda: direction.get("/admin/report/?year=2024")) <= MOST_QUERIES
    one = queries_of(lambda: read_report(YEAR))
    assert queries_of(lambda: read_reports(YEAR.programmes, YEAR.period, YEAR.period.year_before())) == one


def test_years_counted_together_are_those_counted_one_by_one() -> None:
    """To the byte, and no subject tells one year for the other."""
    two_years(2024)
    years = [Period.of_year(year) for year in (2024, 2023, 2022)]
    together = read_reports(YEAR.programmes, *years)
    assert [to_bytes(report) for report in together] == [to_bytes(read_report(Scope(year))) for year in years]
    now, before, nothing = ({figure.key: (figure.value, figure.parts) for figure in report.figures} for report in together)
    for source in sources():
        keys = {each.key for each in source.definitions}
        assert any(now[key] != before[key] for key in keys), source.name
        assert any(before[key] != nothing[key] for key in keys), source.name


def test_every_subject_tells_figures_that_are_kept_as_they_are(direction: Client) -> None:
    report = read_report(YEAR)
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
