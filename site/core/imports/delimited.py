"""CSV in every dialect spreadsheets write it: which delimiter, `sep=;`, line ends, quotation marks."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.imports.encodings import decoded
from core.imports.errors import CannotRead
from core.imports.headings import Aliases, columns_of

DELIMITERS = (";", ",", "\t", "|")
SEPARATOR_LINE = re.compile(r'\A\s*"?sep=(?P<delimiter>[^\r\n"])"?[ \t]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
LONGEST_CELL = 100_000
MOST_COLUMNS = 300
SAMPLE = 30  # rows the delimiter is told by

Cells = list[tuple[int, list[str]]]


def read_cells(content: bytes, known: Aliases) -> tuple[Cells, str]:
    """The rows with their numbers, and how the file was written. Raises CannotRead."""
    text, encoding = decoded(content)
    # Spreadsheets take this line for themselves: the next one is the first they show.
    told = SEPARATOR_LINE.match(text)
    if told:
        text = text[told.end() :]
    delimiter = told["delimiter"] if told else delimiter_of(text, known)
    name = {"\t": "TAB"}.get(delimiter, delimiter)
    return list(_numbered(text, delimiter)), f"{encoding}, {name}"


def delimiter_of(text: str, known: Aliases) -> str:
    """The one under which most headings are known; else the one that gives most rows the same number of cells."""
    return max(DELIMITERS, key=lambda delimiter: _fitness(text, delimiter, known))


def _fitness(text: str, delimiter: str, known: Aliases) -> tuple[int, int, int]:
    rows = list(_sample(text, delimiter))
    recognised = max((len(columns_of(row, known).known) for row in rows), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, alike = max(widths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    return recognised, alike, width


def _sample(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for _number in range(SAMPLE):
        try:
            yield next(reader)
        except (StopIteration, csv.Error):
            return


def _numbered(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Strict about quotation marks: one left open takes the rows behind it into one cell, missing in silence."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if len(row) > MOST_COLUMNS:
                raise CannotRead(_("Row %(number)s has more than %(count)s cells.") % {"number": number, "count": MOST_COLUMNS})
            yield number, row
    except csv.Error as error:
        told = {"number": number + 1}
        if "limit" in str(error):
            raise CannotRead(_("Row %(number)s has a cell too long to be read. Is a quotation mark left open?") % told) from error
        raise CannotRead(
            _("Row %(number)s: a quotation mark is not closed, or stands inside a quoted cell. Remove it, or close it.") % told
        ) from error
