"""Small numbers are not shown in public, and cannot be worked out from what is.

The rules, after the Handbook on Statistical Disclosure Control (Hundepool et al., ESSNet SDC, 2nd ed. 2024, chapter 4 on frequency
tables: threshold rule, complementary suppression, audit by the interval of possible values):

1. **Threshold.** A cell that counts 1, 2, 3 or 4 is hidden. None is shown: that nobody is there names nobody.
2. **Company.** A hidden cell never stays alone in a sum that is shown: the first other cell of its table, in the order of the codes, is
   hidden beside it. The order says nothing of the numbers; the smallest would ("it must be below the ones we see").
3. **No extremes.** Where the hidden cells add up to the least they can (each small one 1, the other 5), everybody could name them all:
   one more is hidden.
4. **Totals.** Where no company is left, the total is hidden too. A hidden total is a cell of its own: a table with a hidden total
   shows at least one cell less than all.
5. **One mark.** Small cells and their company look the same, and are shown together as one line with their sum where there is one, so
   that shares of what is shown are not rounded by what is not.
6. **One scope.** A number over all programmes is public from the report of all programmes alone, one of a programme from its own or
   that one, with the same value: nobody subtracts one report from another (`figures.approval.publish`).
7. **Relations.** Two names of one number, a whole and its part, a sum of figures: each definition says them (`part_of`, `sum_of`), and
   they are tables like the others. The rest of a whole is a cell, though nobody prints it. What is computed from a hidden number
   (`computed_from`) is hidden. A running total and what was added in a year are not public (`is_public`): two years would tell.

Tables that share a cell (a part of one is the total of another) are done again until nothing changes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

LEAST = 5


def is_small(value: Decimal | int) -> bool:
    """1 to 4. A mean or a share is no cell: ask for the number it rests on."""
    return 0 < value < LEAST


@dataclass(frozen=True, slots=True)
class Table:
    """A sum and its cells, each by a name. The same name in two tables is the same number. `total` is empty where none is told."""

    total: str
    cells: Mapping[str, Decimal | int]

    @property
    def sum(self) -> Decimal | int:
        return sum(self.cells.values())


def hidden_cells(tables: Iterable[Table]) -> set[str]:
    """The names that are not shown: small cells, their company, totals that would give them away."""
    tables = list(tables)
    hidden = {name for table in tables for name, value in table.cells.items() if is_small(value)}
    hidden |= {table.total for table in tables if table.total and is_small(table.sum)}
    before: set[str] = set()
    while hidden != before:
        before = set(hidden)
        for table in tables:
            hidden |= _company(table, hidden)
    return hidden


def _company(table: Table, hidden: set[str]) -> set[str]:
    """What has to be hidden beside the hidden cells of one table."""
    names = {name for name in table.cells if name in hidden}
    if table.total in hidden and not names:
        names |= set(_next(table, names))
    if not names or not table.total:
        return names
    if table.total in hidden:
        return names
    if len(names) == 1 or all(is_small(table.cells[name]) for name in names):
        found = _next(table, names)
        if not found:
            return {*names, table.total}
        names |= set(found)
    if sum(table.cells[name] for name in names) == len(names) + LEAST - 1:
        names |= set(_next(table, names) or [table.total])
    return names


def _next(table: Table, names: set[str]) -> list[str]:
    """The first cell, in the order of the codes, that counts somebody and is still shown."""
    return [name for name in sorted(table.cells) if name not in names and table.cells[name] >= LEAST][:1]
