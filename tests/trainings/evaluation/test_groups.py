"""Nothing smaller than five answers can be seen, or worked out by subtracting what two pages show."""

from collections.abc import Callable, Iterable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainings.evaluation import groups
from trainings.evaluation.groups import LEAST, Counted, counted_sessions, groups_of

KIN = st.tuples(st.integers(1, 2), st.integers(2026, 2027), st.sampled_from([(1,), (1, 2), (2, 3)]))
COUNTS = st.lists(st.tuples(KIN, st.integers(1, 9)), max_size=14)
type Page = Callable[[Counted], bool]
type Drawn = list[tuple[tuple[int, int, tuple[int, ...]], int]]


def rows_of(drawn: Drawn) -> list[Counted]:
    return [Counted(kin, place, 100 + place, count) for place, (kin, count) in enumerate(drawn)]


def pages(rows: list[Counted]) -> list[set[int]]:
    """The sessions counted on each page one can ask for: of a session, a module, a year, a pair, a module in a year, and so on."""
    session_pages: list[Page] = [lambda row, pk=pk: row.session_id == pk for pk in {row.session_id for row in rows}]  # type: ignore[misc]
    modules: list[Page] = [lambda row: True, *(lambda row, one=one: row.kin[0] == one for one in (1, 2))]  # type: ignore[misc]
    years: list[Page] = [lambda row: True, *(lambda row, one=one: row.kin[1] == one for one in (2026, 2027))]  # type: ignore[misc]
    pairs: list[Page] = [lambda row: True, *(lambda row, one=one: row.kin[2] == one for one in ((1,), (1, 2), (2, 3)))]  # type: ignore[misc]
    asked = [lambda row, m=m, y=y, p=p: m(row) and y(row) and p(row) for m in modules for y in years for p in pairs]
    return [counted_sessions(row for row in rows if wanted(row)) for wanted in [*session_pages, *asked]]


def smallest_difference(rows: list[Counted]) -> int:
    """Of what one page or two pages tell: the fewest answers that are left."""
    counts = {row.session_id: row.count for row in rows}
    shown = pages(rows)
    told = [page for page in shown if page] + [one ^ other for one, other in combinations(shown, 2) if one < other]
    return min((sum(counts[pk] for pk in each) for each in told), default=LEAST)


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_no_page_and_no_difference_between_two_pages_is_smaller_than_five(
    drawn: list[tuple[tuple[int, int, tuple[int, ...]], int]],
) -> None:
    assert smallest_difference(rows_of(drawn)) >= LEAST


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_a_page_that_grows_grows_by_whole_groups(drawn: Drawn) -> None:
    """Yesterday's page is subtracted from today's as easily."""
    rows = rows_of(drawn)
    for number in range(len(rows)):
        before, after = groups_of(rows[:number]), groups_of(rows)
        assert set(before) <= set(after)


def test_small_sessions_of_one_module_year_and_pair_are_put_together_in_order() -> None:
    kin, other = (1, 2026, (1, 2)), (1, 2026, (1, 3))
    rows = [Counted(kin, 0, 10, 3), Counted(kin, 1, 11, 8), Counted(kin, 2, 12, 2), Counted(other, 3, 13, 4), Counted(kin, 4, 14, 4)]
    assert [[row.session_id for row in group] for group in groups_of(rows)] == [[11], [10, 12]]


@pytest.mark.control
def test_without_groups_two_pages_give_a_small_session_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page per module that counts everybody, minus the page of a session."""
    kin = (1, 2026, (1, 2))
    rows = [Counted(kin, 0, 10, 8), Counted(kin, 1, 11, 2)]

    def by_page(rows: Iterable[Counted]) -> list[tuple[Counted, ...]]:
        page = tuple(rows)
        return [page] if sum(row.count for row in page) >= LEAST else []

    monkeypatch.setattr(groups, "groups_of", by_page)
    assert smallest_difference(rows) == 2
