"""How a chart is drawn from its rows: lengths in percent, for the SVG of the templates. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

# The shades of parts follow one another and begin anew (static/css/components/chart.css).
SHADES = 3
TALLEST = 150


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as a block shows it: what it counts, how many, and the sign behind the number."""

    label: str
    value: Decimal
    unit: str = ""
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart. `share` is its length in percent, `start` where it begins: of the largest, or of the whole."""

    label: str
    value: Decimal
    share: str
    start: str = "0.00"
    shade: int = 1
    is_approximate: bool = False

    @property
    def percent(self) -> int:
        """To be read: without decimals."""
        return round(Decimal(self.share))

    @property
    def middle(self) -> str:
        """Where a number stands in the middle of the part."""
        return f"{Decimal(self.start) + Decimal(self.share) / 2:.2f}"

    @property
    def height(self) -> str:
        """Of a column, in pixels."""
        return f"{Decimal(self.share) / 100 * TALLEST:.1f}"


def bars(readings: Sequence[Reading]) -> list[Bar]:
    """The largest is as long as there is room; columns are bars that stand."""
    largest = max((each.value for each in readings), default=0) or 1
    return [Bar(each.label, each.value, f"{each.value / largest * 100:.2f}", is_approximate=each.is_approximate) for each in readings]


def parts(readings: Sequence[Reading]) -> list[Bar]:
    """Parts of one bar that is the whole, one after the other. Percentages that do not make 100 in their source fill it all the same."""
    total = sum(each.value for each in readings) or 1
    shares = [each.value / total * 100 for each in readings]
    starts = accumulate(shares, initial=Decimal(0))
    drawn = zip(readings, starts, shares, strict=False)
    return [
        Bar(each.label, each.value, f"{share:.2f}", f"{start:.2f}", number % SHADES + 1, each.is_approximate)
        for number, (each, start, share) in enumerate(drawn)
    ]


DRAWN = {"bars": bars, "share": parts, "years": bars}
