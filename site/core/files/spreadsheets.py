"""Spreadsheets of the back-office: XLSX only, without formulas, because they hold text typed by the public."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.mixins import ExcelDateFormatter, SpreadsheetExportMixin, list_to_str
from wagtail.admin.widgets.button import Button

from core.text.safety import writable

# Signs a spreadsheet may read as the beginning of a formula (ASVS 5.0 §1.2.10).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

WIDEST = 60


def as_text(value: str) -> str:
    """A text no spreadsheet reads as a formula: for cells of XLSX and fields of CSV."""
    value = writable(value)
    # The apostrophe is what people type to mean "this is text"; it survives every way of saving.
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value


def local_time(value: datetime.datetime) -> datetime.datetime:
    """A moment on the clock of Brussels, as a cell holds it."""
    return value if timezone.is_naive(value) else timezone.make_naive(value)


def value_at(item: Any, path: str) -> Any:
    """What a dotted path leads to, methods called; None where the way ends early."""
    for name in path.split("."):
        item = getattr(item, name)
        if callable(item):
            item = item()
        if item is None:
            return None
    return item


def column_width(heading: str, widest: int) -> int:
    """In characters, with room for the arrow of the filter; a long text is read in its cell."""
    return min(max(len(heading) + 4, widest + 2), WIDEST)


def longest(values: Iterable[Any]) -> int:
    """The length of the longest value as a cell shows it."""
    shown = (
        f"{local_time(each):%d/%m/%Y %H:%M}" if isinstance(each, datetime.datetime) else str(each) for each in values if each is not None
    )
    return max(map(len, shown), default=0)


def bold(worksheet: Any, headings: Iterable[str]) -> Iterator[Any]:
    """The first row."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    for heading in headings:
        cell = WriteOnlyCell(worksheet, as_text(heading))
        cell.font = Font(bold=True)
        yield cell


class SafeExportMixin(SpreadsheetExportMixin):
    """Replaces Wagtail's exports: its CSV writes formulas as they come. `?export=csv` is answered with the listing."""

    FORMATS = (SpreadsheetExportMixin.FORMAT_XLSX,)
    custom_value_preprocess: Mapping[Any, Any] = {
        datetime.datetime: {SpreadsheetExportMixin.FORMAT_XLSX: local_time},
        (datetime.date, datetime.time): {SpreadsheetExportMixin.FORMAT_XLSX: None},
        list: {SpreadsheetExportMixin.FORMAT_XLSX: list_to_str},
    }

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """A listing that offers no export answers `?export=xlsx` with itself, not with an error about no columns."""
        super().setup(request, *args, **kwargs)
        self.is_export: bool = request.GET.get("export") in self.FORMATS and bool(self.list_export)

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """As Wagtail's, but `sector.name` of a row without a sector is an empty cell, not an error."""
        return {path: value_at(item, path) for path in self.list_export}

    def generate_xlsx_row(self, worksheet: Any, row_dict: Mapping[str, Any], date_format: str | None = None) -> Iterator[Any]:
        """Cells of text stay text, also when the file is saved again as CSV by somebody's spreadsheet."""
        from openpyxl.cell import WriteOnlyCell

        for field, raw in row_dict.items():
            value = self.preprocess_field_value(field, raw, self.FORMAT_XLSX)
            if isinstance(value, str):
                value = as_text(value)
            cell = WriteOnlyCell(worksheet, value)
            if cell.data_type == "f":
                cell.data_type = "s"
            if date_format and isinstance(raw, datetime.datetime):
                cell.number_format = date_format
            yield cell

    def write_xlsx(self, queryset: Any, output: Any) -> None:
        """As Wagtail's, but readable as it opens: columns as wide as their words, a first row that stays and filters."""
        from openpyxl import Workbook
        from openpyxl.utils import get_column_letter

        rows = [self.to_row_dict(item) for item in queryset]
        headings = [str(self.get_heading(queryset, field)) for field in self.list_export]
        workbook = Workbook(write_only=True, iso_dates=True)
        worksheet = workbook.create_sheet(title="Smes")
        worksheet.freeze_panes = "A2"
        for number, (field, heading) in enumerate(zip(self.list_export, headings, strict=True), start=1):
            worksheet.column_dimensions[get_column_letter(number)].width = column_width(heading, longest(row[field] for row in rows))
        worksheet.append(bold(worksheet, headings))
        date_format = ExcelDateFormatter().get()
        for row in rows:
            worksheet.append(self.generate_xlsx_row(worksheet, row, date_format=date_format))
        worksheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(rows) + 1}"
        workbook.save(output)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Wagtail's list without the CSV, which is not offered."""
        buttons = [button for button in super().header_more_buttons if "export=" not in (getattr(button, "url", "") or "")]
        if self.show_export_buttons:
            buttons.append(Button(_("Download XLSX"), url=self.xlsx_export_url, icon_name="download", priority=90))
        return buttons
