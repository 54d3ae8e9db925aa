"""Results as files: what the screen shows, question by question, and no row of anybody. Texts are never read as formulas."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.files.spreadsheets import as_text, bold, column_width, longest
from trainings.evaluation.results import Results

type Row = tuple[str, str, int | float | str, int | str]


def _headings() -> list[str]:
    return [_("Question"), _("Answer"), _("How many"), _("Out of")]


def _rows(found: Results) -> Iterator[Row]:
    yield _("People who answered"), "", found.answered, found.invited
    yield _("Answers that are counted"), "", found.counted, found.answered
    for each in found.questions:
        text = each.question.text
        if each.average is not None:
            yield text, _("average"), float(each.average), each.count
        yield from ((text, bar.label, int(bar.value), each.count) for bar in each.bars)
        yield from ((text, comment, "", "") for comment in each.comments)


def as_xlsx(found: Results) -> bytes:
    """One sheet, readable as it opens."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    rows = list(_rows(found))
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title="Smes")
    sheet.freeze_panes = "A2"
    for number, heading in enumerate(_headings()):
        width = column_width(heading, longest(row[number] for row in rows))
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    sheet.append(bold(sheet, _headings()))
    for row in rows:
        cells = [WriteOnlyCell(sheet, as_text(value) if isinstance(value, str) else value) for value in row]
        for cell in cells:
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type
        sheet.append(cells)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def as_csv(found: Results) -> bytes:
    """With semicolons and a byte order mark, as spreadsheets in Belgium open it."""
    content = io.StringIO()
    writer = csv.writer(content, delimiter=";")
    writer.writerow(_headings())
    writer.writerows([as_text(value) if isinstance(value, str) else value for value in row] for row in _rows(found))
    return content.getvalue().encode("utf-8-sig")
