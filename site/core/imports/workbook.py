"""XLSX: the first sheet that holds something."""

import datetime
import io
import zipfile
from typing import Any

from django.utils.translation import gettext as _

from core.imports.errors import CannotRead

ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
PDF = b"%PDF-"
MOST_UNPACKED = 60 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 300


def is_workbook(content: bytes) -> bool:
    """Whether these are the bytes of an XLSX. Raises CannotRead for its neighbours, which we do not read."""
    if content.startswith(OLD_EXCEL):
        raise CannotRead(_("This is a file of an old Excel (XLS). Open it and save it as XLSX or CSV."))
    if content.startswith(PDF):
        raise CannotRead(_("This is a PDF. Bring the table itself, as XLSX or CSV."))
    return content.startswith(ZIP)


def read_cells(content: bytes) -> tuple[list[tuple[int, list[str]]], str]:
    """The rows with their numbers, and where they stood. Raises CannotRead."""
    _look_inside(content)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            # Some programs write a false size, and only its first cell would be read.
            sheet.reset_dimensions()
            cells = _rows_of(sheet)
            if cells:
                return cells, f"XLSX, {sheet.title}"
    except CannotRead:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise CannotRead(_("This XLSX is damaged. Open it in a spreadsheet and save it again.")) from error
    raise CannotRead(_("The file is empty."))


def _look_inside(content: bytes) -> None:
    """A ZIP of a few kB may unpack to gigabytes: it says so in its list."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            size = sum(each.file_size for each in archive.infolist())
    except zipfile.BadZipFile as error:
        raise CannotRead(_("This XLSX is damaged. Open it in a spreadsheet and save it again.")) from error
    if "xl/workbook.xml" not in names:
        raise CannotRead(_("This is a ZIP or another kind of document. Save the table as XLSX or CSV."))
    if size > MOST_UNPACKED:
        raise CannotRead(_("The sheets of this file are too large to be read: please split it."))


def _rows_of(sheet: Any) -> list[tuple[int, list[str]]]:
    rows = []
    for number, values in enumerate(sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            raise CannotRead(_("The file has more than %(count)s rows: please split it.") % {"count": MOST_ROWS})
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            rows.append((number, cells))
    return rows


def _text(value: Any) -> str:
    """As one would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "seconds")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
