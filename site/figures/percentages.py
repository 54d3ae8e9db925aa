"""Shares that add up: the largest remainders are rounded up, so that the parts of a whole make exactly 100.0 (Hamilton's method)."""

from collections.abc import Sequence
from decimal import Decimal

STEPS = 1000  # tenths of a percent
ONE_DECIMAL = Decimal("0.1")


def shares(values: Sequence[Decimal | int]) -> list[Decimal]:
    """The percentage of each value, to one decimal. All 0.0 where nothing was counted; of equal remainders the first goes first."""
    total = sum(values)
    if not total:
        return [Decimal("0.0") for _value in values]
    steps = [int(value * STEPS // total) for value in values]
    remainders = [value * STEPS % total for value in values]
    left = STEPS - sum(steps)
    for number in sorted(range(len(values)), key=lambda number: -remainders[number])[:left]:
        steps[number] += 1
    return [(step * ONE_DECIMAL).quantize(ONE_DECIMAL) for step in steps]
