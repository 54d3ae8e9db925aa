"""What the library says of a year."""

import datetime
from typing import Any

import pytest

from publications.enums import MoveKind, OrderStatus
from publications.figures import SOURCES
from tests.core.figures.reading import broken_down, counted, opens_what_it_counts, parts, scope_of
from tests.publications.factories import (
    DownloadCountFactory,
    EditionFactory,
    PaperOrderFactory,
    PrintRunFactory,
    StockMoveFactory,
    WorkFactory,
)

DAY = datetime.date(2026, 5, 12)
AT = datetime.datetime(2026, 5, 12, 9, tzinfo=datetime.UTC)
LAST_YEAR = datetime.datetime(2025, 12, 31, 22, 59, tzinfo=datetime.UTC)


def test_downloads_of_a_year(db: None) -> None:
    DownloadCountFactory(day=DAY, count=7)
    DownloadCountFactory(day=datetime.date(2026, 12, 31), count=2)
    DownloadCountFactory(day=datetime.date(2027, 1, 1), count=90)
    assert counted(SOURCES, "pub_downloads").value == 9
    assert opens_what_it_counts(SOURCES) == []


def test_copies_are_given_when_they_are_sent_and_not_while_they_wait(db: None) -> None:
    sent = PaperOrderFactory(status=OrderStatus.SENT, closed_at=AT)
    waiting = PaperOrderFactory(status=OrderStatus.RESERVED)
    StockMoveFactory(kind=MoveKind.RESERVED, quantity=-3, at=LAST_YEAR, order=sent)
    StockMoveFactory(kind=MoveKind.RESERVED, quantity=-5, at=AT, order=waiting)
    StockMoveFactory(kind=MoveKind.HANDED_OUT, quantity=-12, at=AT)
    StockMoveFactory(kind=MoveKind.HANDED_OUT, quantity=-40, at=LAST_YEAR)
    StockMoveFactory(kind=MoveKind.LOST, quantity=-2, at=AT)
    StockMoveFactory(kind=MoveKind.PRINTED, quantity=350, at=AT)
    assert parts(SOURCES, "pub_copies") == {"reserved": 3, "handed_out": 12}
    assert opens_what_it_counts(SOURCES) == []


def test_print_runs_have_the_key_of_their_publication(db: None) -> None:
    edition = EditionFactory(work=WorkFactory(code="connect-5"))
    PrintRunFactory(edition=edition, printed_on=DAY, quantity=250)
    PrintRunFactory(edition=edition, printed_on=DAY, quantity=100)
    PrintRunFactory(printed_on=datetime.date(2025, 3, 1))
    assert [(part.key, part.value) for part in broken_down(SOURCES, "print_run").parts] == [("connect5_print_run", 350)]
    assert opens_what_it_counts(SOURCES) == []


@pytest.mark.parametrize("rows", [1, 4])
def test_the_number_of_queries_does_not_depend_on_the_rows(db: None, django_assert_num_queries: Any, rows: int) -> None:
    for _number in range(rows):
        PrintRunFactory(printed_on=DAY)
        DownloadCountFactory(day=DAY)
    with django_assert_num_queries(3):
        SOURCES[0].read(scope_of(2026))
