"""Which sessions are counted together, so that nothing smaller than five answers can be seen or worked out. Pure.

Sessions with five answers or more stand for themselves. Smaller ones of the same module, year and trainers are put together, in the order
in which they were closed, until there are five. What is left waits for the next one and is not counted anywhere.

Every page shows sums of whole groups. So does every difference between two pages: there is nothing to gain by subtracting them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

LEAST = 5


@dataclass(frozen=True, slots=True, order=True)
class Counted:
    """How many answered one question, or the whole of it, in one session. Ordered as sessions were closed."""

    # Of one module, in one year, by the same trainers.
    kin: tuple[int, int, tuple[int, ...]]
    place: int
    session_id: int
    count: int


def groups_of(rows: Iterable[Counted]) -> list[tuple[Counted, ...]]:
    """Groups of at least five answers."""
    found: list[tuple[Counted, ...]] = []
    for _kin, kin_rows in groupby(sorted(rows), key=lambda row: row.kin):
        waiting: list[Counted] = []
        for row in kin_rows:
            if row.count >= LEAST:
                found.append((row,))
                continue
            waiting.append(row)
            if sum(each.count for each in waiting) >= LEAST:
                found.append(tuple(waiting))
                waiting = []
    return found


def counted_sessions(rows: Iterable[Counted]) -> set[int]:
    """The sessions whose answers are counted."""
    return {row.session_id for group in groups_of(rows) for row in group}
