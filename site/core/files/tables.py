"""A table as a file: rows of plain values under headings, as XLSX or CSV. No text is read as a formula."""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from core.files.spreadsheets import as_text, bold, local_time

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
TABLES = ("xlsx", "csv")
WIDTH = 24  # of a column, in characters: rows are written one by one, so nobody knows the longest


def as_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet. Rows are written as they come, and none is kept."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title="Smes")
    sheet.freeze_panes = "A2"
    for number in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH
    sheet.append(bold(sheet, headings))
    for row in rows:
        sheet.append(_cells(sheet, row))
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """With semicolons and a byte order mark, as spreadsheets in Belgium open it; one line at a time."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";")
    yield "\N{ZERO WIDTH NO-BREAK SPACE}".encode()
    for row in chain((headings,), rows):
        writer.writerow([_plain(cell) for cell in row])
        yield _taken(line)


def table_response(headings: Sequence[str], rows: Iterable[Sequence[Any]], name: str, wanted: str) -> HttpResponseBase:
    """A file to keep, never one in a cache. CSV goes out line by line."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or "", "Cache-Control": "no-store"}
    if wanted == "csv":
        return StreamingHttpResponse(csv_lines(headings, rows), content_type=CSV, headers=headers)
    return HttpResponse(as_xlsx(headings, rows), content_type=XLSX, headers=headers)


def _taken(line: io.StringIO) -> bytes:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text.encode()


def _plain(value: Any) -> Any:
    """Numbers and days as they are; whatever else as text that stays text."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return local_time(value)
    is_plain = isinstance(value, int | float | Decimal | datetime.date) and not isinstance(value, bool)
    return value if is_plain else as_text(str(value))


def _cells(sheet: Any, row: Sequence[Any]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for value in row:
        cell = WriteOnlyCell(sheet, _plain(value))
        if cell.data_type == "f":
            cell.data_type = "s"
        yield cell
