"""What is hidden cannot be worked out from what is shown."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from figures.small_cells import LEAST, Table, hidden_cells, is_small

NAMES = "abcde"
MOST = 12
small_tables = st.lists(st.integers(0, MOST), min_size=1, max_size=4)
type Published = tuple[frozenset[str], tuple[tuple[str, int], ...], int | None]


def table(values: list[int] | tuple[int, ...], total: str = "total") -> Table:
    return Table(total, dict(zip(NAMES, values, strict=False)))


def published(values: list[int] | tuple[int, ...]) -> Published:
    """All that a reader sees of a table: which cells are hidden, the others, and the total unless it is hidden as well."""
    one = table(values)
    hidden = hidden_cells([one])
    shown = tuple((name, value) for name, value in one.cells.items() if name not in hidden)
    return frozenset(hidden), shown, None if one.total in hidden else one.sum


def could_be(values: list[int]) -> Iterator[tuple[int, ...]]:
    """Every table that looks the same to a reader who knows these very rules, and tries all numbers."""
    hidden, shown, total = published(values)
    known = dict(shown)
    ranges = [range(1, MOST + 3) if name in hidden else (known[name],) for name in NAMES[: len(values)]]
    for tried in product(*ranges):
        if (total is None or sum(tried) == total) and published(tried) == (hidden, shown, total):
            yield tried


@settings(max_examples=60, deadline=None)
@given(small_tables)
def test_no_hidden_cell_can_have_one_value_only(values: list[int]) -> None:
    """The strongest reader there is: she knows how it is decided what is hidden, and tries every table."""
    hidden = published(values)[0]
    assume(hidden)
    tables = list(could_be(values))
    assert tuple(values) in tables
    for number, name in enumerate(NAMES[: len(values)]):
        if name in hidden:
            assert len({tried[number] for tried in tables}) > 1, (values, name)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=30))
def test_every_small_cell_is_hidden_and_nothing_of_a_table_without_one(values: list[int]) -> None:
    one = Table("total", {f"cell{number:02}": value for number, value in enumerate(values)})
    hidden = hidden_cells([one])
    assert {name for name, value in one.cells.items() if is_small(value)} <= hidden
    assert all(one.cells[name] for name in hidden - {"total"}), "that nobody is there is said"
    assert hidden or not any(map(is_small, values))
    assert bool(hidden) == any(map(is_small, values))


@settings(max_examples=60)
@given(st.lists(st.lists(st.integers(0, 30), min_size=2, max_size=4), min_size=2, max_size=4))
def test_linked_tables_are_not_worked_out_by_subtraction(rows: list[list[int]]) -> None:
    """Each row has its own total, and the totals make a table too: one unknown in a sum is no unknown."""
    tables = [
        Table(f"row{number}", {f"{number}{name}": value for name, value in zip(NAMES, row, strict=False)})
        for number, row in enumerate(rows)
    ]
    above = Table("all", {each.total: each.sum for each in tables})
    hidden = hidden_cells([*tables, above])
    for each in (*tables, above):
        unknown = hidden & {*each.cells, each.total}
        assert len(unknown) != 1, (each, hidden)


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        ((9, 8, 7), ""),
        ((9, 3, 7), "ab"),
        ((9, 0, 7), ""),
        ((9, 3, 2, 7), "abc"),
        ((5, 1, 9), "abc"),
        ((3, 0, 0), "a total"),
        ((5, 1), "ab total"),
    ],
    ids=["none small", "company", "nobody is said", "two small", "no extremes", "alone", "no company left"],
)
def test_examples(values: tuple[int, ...], hidden: str) -> None:
    first, _space, total = hidden.partition(" ")
    assert hidden_cells([table(values)]) == {*first, *([total] if total else [])}


@pytest.mark.control
def test_hiding_the_small_cell_alone_gives_it_away() -> None:
    """The control: with the threshold alone, the total tells."""
    values = {"a": 9, "b": 3, "c": 7}
    shown = {name: value for name, value in values.items() if value >= LEAST}
    assert sum(values.values()) - sum(shown.values()) == 3
