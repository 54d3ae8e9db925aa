"""A file of any spreadsheet read into rows under our names for its columns."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.imports import delimited, workbook
from core.imports.errors import CannotRead
from core.imports.headings import Aliases, Columns, columns_of, unnamed

# A title, a date, a word of explanation stand above the heading at times; further down it is none.
HEADING_WITHIN = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a table is to hold. `required` columns make a line its heading; `@` in a cell makes a table without heading readable."""

    known: Aliases
    required: Collection[str]
    example: str  # how such columns are called, for whoever forgot them
    reads_without_heading: str = ""
    most_bytes: int = 5 * 1024 * 1024
    most_rows: int = 20_000


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; `number` is the one a spreadsheet shows beside it."""

    number: int
    values: dict[str, str]
    other: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds, and how it was written."""

    rows: list[TableRow]
    columns: Columns
    written_as: str
    # Headings of columns that say something and have no name of ours.
    unknown: list[str] = field(default_factory=list)
    # What the file calls the columns we know.
    headings: dict[str, list[str]] = field(default_factory=dict)

    def values_of(self, heading: str) -> list[str]:
        """What an unknown column says, row by row."""
        return [row.other.get(heading, "") for row in self.rows]


def read_table(content: bytes, layout: Layout) -> Table:
    """The rows that say something. Raises CannotRead."""
    if len(content) > layout.most_bytes:
        raise CannotRead(_("The file is larger than %(size)s MB.") % {"size": layout.most_bytes // (1024 * 1024)})
    if not content.strip(b"\x00\t\r\n "):
        raise CannotRead(_("The file is empty."))
    if workbook.is_workbook(content):
        cells, written_as = workbook.read_cells(content)
    else:
        cells, written_as = delimited.read_cells(content, layout.known)
    cells = [(number, row) for number, row in cells if any(cell.strip() for cell in row)]
    if not cells:
        raise CannotRead(_("The file is empty."))
    # Cells beyond the heading have no name; they are told as a column like any other.
    width = max(len(row) for _number, row in cells)
    cells = [(number, row + [""] * (width - len(row))) for number, row in cells]
    heading, columns = _heading(cells, layout)
    rows = list(_rows(cells[heading + 1 :], columns))
    if not rows:
        raise CannotRead(_("The file names its columns, and holds no row below them."))
    if len(rows) > layout.most_rows:
        raise CannotRead(_("The file has more than %(count)s rows: please split it.") % {"count": layout.most_rows})
    unknown = [name for name in columns.other if any(row.other[name] for row in rows)]
    called = cells[heading][1] if heading >= 0 else []
    headings = {name: [called[index] for index in indexes if index < len(called)] for name, indexes in columns.known.items()}
    return Table(rows, columns, written_as, unknown, headings)


def _heading(cells: Sequence[tuple[int, list[str]]], layout: Layout) -> tuple[int, Columns]:
    """Where the heading stands (-1: there is none) and what it names."""
    for index, (_number, row) in enumerate(cells[:HEADING_WITHIN]):
        columns = columns_of(row, layout.known)
        if all(name in columns.known for name in layout.required):
            return index, columns
        if layout.reads_without_heading and (place := _place_of_address(row)) is not None:
            return index - 1, _around_address(cells, index, place, layout)
    told = {"names": layout.example}
    raise CannotRead(_("No line of this file names its columns. One of the first must, with at least: %(names)s.") % told)


def _around_address(cells: Sequence[tuple[int, list[str]]], index: int, place: int, layout: Layout) -> Columns:
    """The first address stands at `place` of row `index`. The row above may name the other columns, in words for it that we do not know."""
    if index and len(cells[index - 1][1]) > place:
        return columns_of(cells[index - 1][1], layout.known).with_name(layout.reads_without_heading, place)
    return unnamed(layout.reads_without_heading, place, len(cells[index][1]))


def _place_of_address(row: Sequence[str]) -> int | None:
    return next((place for place, cell in enumerate(row) if "@" in cell.strip()[1:]), None)


def _rows(cells: Sequence[tuple[int, list[str]]], columns: Columns) -> Iterator[TableRow]:
    for number, row in cells:
        yield TableRow(number, columns.values(row), columns.others(row))
