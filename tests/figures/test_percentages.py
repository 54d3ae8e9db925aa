"""Shares of a whole make 100.0, whatever is shared."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.percentages import shares

counts = st.lists(st.integers(0, 100_000), min_size=1, max_size=40)


@given(counts)
def test_they_add_up_to_exactly_100(values: list[int]) -> None:
    assert sum(shares(values)) == (Decimal("100.0") if any(values) else 0)


@given(counts)
def test_each_is_less_than_a_tenth_from_the_truth_and_more_is_never_less(values: list[int]) -> None:
    found = shares(values)
    if total := sum(values):
        assert all(abs(share - Decimal(value) * 100 / total) < Decimal("0.1") for share, value in zip(found, values, strict=True))
    assert all(share == 0 for share, value in zip(found, values, strict=True) if not value)
    in_order = sorted(zip(values, found, strict=True))
    assert [share for _value, share in in_order] == sorted(share for _value, share in in_order)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1, 1, 1], ["33.4", "33.3", "33.3"]), ([10, 7, 4], ["47.6", "33.3", "19.1"]), ([0, 0], ["0.0", "0.0"]), ([5], ["100.0"])],
    ids=["three alike", "three that differ", "nobody", "one"],
)
def test_examples(values: list[int], expected: list[str]) -> None:
    assert [str(share) for share in shares(values)] == expected


@pytest.mark.control
def test_rounded_one_by_one_they_would_not() -> None:
    """Why the remainders are shared out."""
    assert sum(round(Decimal(value) * 100 / 3, 1) for value in (1, 1, 1)) == Decimal("99.9")
