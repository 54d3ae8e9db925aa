"""The report of a year: every figure of the programmes asked, counted once, and equal to the rows it opens."""

from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.figures.definitions import UNKNOWN, Count, Source
from core.figures.period import Period, Scope
from core.models import Organisation, Programme
from figures.report.reading import definitions, read_report
from figures.report.rows import NoSuchRows, figure_of, rows_of
from figures.report.year_before import year_before
from tests.core.factories import SectorFactory
from tests.figures.asking import ask
from tests.figures.sources import REQUESTS, SECTORS, SOURCE, only

pytestmark = pytest.mark.django_db
YEAR = Scope(Period.of_year(2024))


def test_each_figure_says_how_many_it_knows_and_its_shares_add_up(source: None) -> None:
    ask(7, sector=SectorFactory(slug="homeless"))
    ask(3, sector=SectorFactory(slug="housing"))
    ask(2, sector=None)
    report = read_report(YEAR)
    assert [figure.key for figure in report.figures] == ["test_unique", "test_requests", "test_sector"], "in the order of the report"
    sectors = report.by_key["test_sector"]
    assert [(part.code, part.value, str(part.share)) for part in sectors.parts] == [("homeless", 7, "70.0"), ("housing", 3, "30.0")]
    assert (sectors.value, sectors.known, sectors.unknown) == (10, 10, 2)
    assert report.by_key["test_requests"].value == 12


def test_programmes_asked_together_do_not_count_anybody_twice(source: None) -> None:
    """The rule of the report: people and organisations of several programmes are counted over all that are asked, each once."""
    sector = SectorFactory()
    ask(2, sector=sector, programmes="support connect")
    ask(1, sector=sector, programmes="connect")
    both, support, connect = (
        read_report(Scope(YEAR.period, frozenset(programmes))).by_key["test_unique"].value
        for programmes in ((Programme.SUPPORT, Programme.CONNECT), (Programme.SUPPORT,), (Programme.CONNECT,))
    )
    assert (support, connect, both) == (2, 3, 3)


def test_a_figure_of_another_programme_is_not_asked(source: None) -> None:
    report = read_report(Scope(YEAR.period, frozenset((Programme.CONNECT,))))
    assert set(report.by_key) == {"test_unique"}
    with pytest.raises(NoSuchRows):
        figure_of("test_requests", Scope(YEAR.period, frozenset((Programme.CONNECT,))))


def test_the_year_before_is_counted_on_its_own_days(source: None) -> None:
    ask(4, sector=None, year=2023)
    ask(1, sector=None)
    assert year_before(YEAR).by_key["test_requests"].value == 4
    assert Period(Period.of_year(2024).first, YEAR.period.last.replace(month=2, day=29)).year_before().last.isoformat() == "2023-02-28"


def test_a_source_never_has_a_key_twice() -> None:
    with only(Source(name="again", ask=SOURCE.ask, definitions=(REQUESTS, REQUESTS))), pytest.raises(ImproperlyConfigured):
        definitions()


def test_what_is_counted_goes_before_what_was_typed() -> None:
    """A sheet says 46; the rows are told as soon as there are any."""
    typed = Source(name="sheet", ask=SOURCE.ask, definitions=(replace(REQUESTS, count=lambda _read: Count(46, 1)),), is_typed=True)
    with only(typed, SOURCE):
        assert read_report(YEAR).by_key["test_requests"].value == 46
        ask(2, sector=None)
        figure = figure_of("test_requests", YEAR)
        assert figure.value == rows_of(figure, YEAR).total() == 2


def test_every_definition_is_explained_and_has_its_place() -> None:
    """Of the apps, not of the tests: a docstring, a sentence for readers, a section of the report, a key of its own."""
    from core.figures.sections import SECTIONS

    for definition in definitions().values():
        assert definition.count.__doc__, definition.key
        assert str(definition.counts), definition.key
        assert definition.section in SECTIONS, definition.key


class EqualToItsRows(TestCase):
    """For any data: a figure is the number of rows it opens."""

    @settings(max_examples=10, deadline=None)
    @given(st.lists(st.sampled_from(["homeless", "housing", ""]), max_size=12))
    def test_for_any_data(self, sectors: list[str]) -> None:
        rows = {slug: SectorFactory(slug=slug) for slug in ("homeless", "housing")}
        for slug in sectors:
            ask(1, sector=rows.get(slug))
        with only(SOURCE):
            report = read_report(YEAR)
            requests, figure = report.by_key[REQUESTS.key], report.by_key[SECTORS.key]
            assert requests.value == rows_of(requests, YEAR).total() == len(sectors)
            assert {part.code: part.value for part in figure.parts} == {
                slug: total for slug in rows if (total := rows_of(figure, YEAR, slug).total())
            }
            assert figure.unknown == rows_of(figure, YEAR, UNKNOWN).total()
        Organisation.objects.all().delete()
