"""The drawing of the house: one square tile with two quarter arcs, turned one way or the other; in a grid the arcs join into threads.

A grid is drawn from a seed alone, so the same page or publication always gets the same drawing. A tile has side 2: every arc
has radius 1 and every point is a whole number, which keeps the paths short.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

Point = tuple[int, int]
# One row of tiles after the other; None where the grid has a hole.
Turns = tuple[tuple[bool | None, ...], ...]

ATTEMPTS = 12
# The hues of the three programmes and the threads at rest, on paper (static/css/tokens.css, light).
PAPER_HUES = ("#0f6b68", "#b04a2e", "#b0740a")
PAPER_REST = "#ece4d5"


@dataclass(frozen=True)
class Arc:
    """A quarter circle of radius 1 from one middle of a tile's side to the next."""

    start: Point
    end: Point
    centre: Point

    def reversed(self) -> "Arc":
        return Arc(self.end, self.start, self.centre)

    @property
    def is_clockwise(self) -> bool:
        (x, y), (from_x, from_y), (to_x, to_y) = self.centre, self.start, self.end
        return (from_x - x) * (to_y - y) - (from_y - y) * (to_x - x) > 0


@dataclass(frozen=True)
class Thread:
    """Arcs that join: it begins and ends at the border of the grid, or closes upon itself."""

    arcs: tuple[Arc, ...]

    @property
    def is_closed(self) -> bool:
        return self.arcs[0].start == self.arcs[-1].end

    @property
    def path(self) -> str:
        """The `d` of an SVG path."""
        x, y = self.arcs[0].start
        return f"M{x} {y}a" + " ".join(_step(arc) for arc in self.arcs)

    def with_gap(self, width: int) -> tuple["Thread", "Thread"]:
        """Both ends of this thread when `width` arcs are missing in its middle."""
        first = (len(self.arcs) - width) // 2
        return Thread(self.arcs[:first]), Thread(self.arcs[first + width :])


def _step(arc: Arc) -> str:
    """`rx ry rotation large sweep dx dy`, with the flags written together as SVG allows."""
    dx, dy = arc.end[0] - arc.start[0], arc.end[1] - arc.start[1]
    return f"1 1 0 0{int(arc.is_clockwise)}{dx} {dy}"


def turned_tiles(seed: str, columns: int, rows: int) -> Turns:
    """Which tiles are turned. Bits of a hash, not `random`: the same in every version of Python."""
    length = (columns * rows + 7) // 8
    bits = int.from_bytes(hashlib.shake_128(seed.encode()).digest(length), "big")
    return tuple(tuple(bool(bits >> (row * columns + column) & 1) for column in range(columns)) for row in range(rows))


def tile_arcs(column: int, row: int, is_turned: bool) -> tuple[Arc, Arc]:
    """The two arcs of one tile: around its upper left and lower right corners, or around the other two."""
    left, top = 2 * column, 2 * row
    north, south = (left + 1, top), (left + 1, top + 2)
    west, east = (left, top + 1), (left + 2, top + 1)
    if is_turned:
        return Arc(north, east, (left + 2, top)), Arc(south, west, (left, top + 2))
    return Arc(north, west, (left, top)), Arc(south, east, (left + 2, top + 2))


def join_arcs(turns: Turns) -> tuple[Thread, ...]:
    """Every thread of a grid, the longest first."""
    meeting: dict[Point, list[Arc]] = {}
    for row, tiles in enumerate(turns):
        for column, is_turned in enumerate(tiles):
            if is_turned is None:
                continue
            for arc in tile_arcs(column, row, is_turned):
                meeting.setdefault(arc.start, []).append(arc)
                meeting.setdefault(arc.end, []).append(arc.reversed())
    # Threads that end at the border first, from their end; what is left then closes upon itself.
    starts = sorted(meeting, key=lambda point: (len(meeting[point]), point))
    seen: set[frozenset[Point]] = set()
    found = (tuple(_follow(start, meeting, seen)) for start in starts)
    return tuple(sorted((Thread(arcs) for arcs in found if arcs), key=lambda thread: -len(thread.arcs)))


def hanging(turns: Turns) -> Turns:
    """The upper right corner of a grid: each row begins further to the right than the one above."""
    rows, columns = len(turns), len(turns[0])
    first = [round(columns * (row / rows) ** 0.8) for row in range(rows)]
    return tuple(tuple(None if column < first[row] else turn for column, turn in enumerate(tiles)) for row, tiles in enumerate(turns))


def _follow(point: Point, meeting: dict[Point, list[Arc]], seen: set[frozenset[Point]]) -> Iterator[Arc]:
    while arc := next((arc for arc in meeting[point] if _side(arc) not in seen), None):
        seen.add(_side(arc))
        yield arc
        point = arc.end


def _side(arc: Arc) -> frozenset[Point]:
    """An arc whichever way it is walked. Its two ends name it: no other arc joins them."""
    return frozenset((arc.start, arc.end))


@lru_cache(maxsize=512)
def draw_threads(seed: str, columns: int, rows: int, *, is_hanging: bool = False) -> tuple[Thread, ...]:
    """The threads of a seed, the longest first. Of a few grids the one whose longest thread wanders furthest: threads, not rings."""
    grids = (turned_tiles(f"{seed}/{attempt}", columns, rows) for attempt in range(ATTEMPTS))
    drawings = (join_arcs(hanging(grid) if is_hanging else grid) for grid in grids)
    return max(drawings, key=lambda threads: len(threads[0].arcs))


def paper_band(seed: str, columns: int, rows: int) -> str:
    """The band of threads as a drawing of its own (SVG), for documents that know no style sheet."""
    leading, others = draw_threads(seed, columns, rows)[:3], draw_threads(seed, columns, rows)[3:]
    paths = [(PAPER_REST, "".join(thread.path for thread in others)), *zip(PAPER_HUES, (thread.path for thread in leading), strict=False)]
    drawn = "".join(f'<path stroke="{colour}" d="{path}"/>' for colour, path in paths)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * columns} {2 * rows}" '
        f'fill="none" stroke-width=".5" stroke-linecap="round">{drawn}</svg>'
    )
