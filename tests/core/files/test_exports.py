"""Spreadsheets never hold a formula."""

import datetime
import io
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given
from openpyxl import Workbook, load_workbook

from core.files.spreadsheets import SafeExportMixin, as_text, local_time, value_at
from core.text.safety import writable
from tests.core.any_text import ANY_TEXT, HOSTILE, MANY, one_line_end


def cells(**row: Any) -> list[Any]:
    worksheet = Workbook(write_only=True).create_sheet()
    return list(SafeExportMixin().generate_xlsx_row(worksheet, row))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"])
def test_a_text_that_begins_like_a_formula_is_marked_as_text(text: str) -> None:
    (cell,) = cells(name=text)
    assert cell.value == f"'{text}"
    assert cell.data_type == "s"


@pytest.mark.parametrize("value", ["Dominique", "a=b", "", 12, None, datetime.date(2026, 3, 2)])
def test_anything_else_stays_as_it_is(value: Any) -> None:
    assert cells(name=value)[0].value == value


def test_characters_a_spreadsheet_cannot_hold_are_left_out() -> None:
    assert cells(name="A\x00b\x1f")[0].value == "Ab"


class Export(SafeExportMixin):
    list_export = ("title", "kinds")

    def get_heading(self, queryset: Any, field: str) -> str:
        return HOSTILE


@given(title=ANY_TEXT)
@example(HOSTILE)
@MANY
def test_a_spreadsheet_is_read_back_with_any_title(title: str) -> None:
    """Old rows hold what a PDF was pasted with."""
    target = io.BytesIO()
    Export().write_xlsx([SimpleNamespace(title=title, kinds=[title])], target)
    target.seek(0)
    heading, (cell, _list) = load_workbook(target).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    assert heading[0] == writable(HOSTILE)
    assert one_line_end(cell or "") == one_line_end(as_text(title))


def test_a_moment_is_written_in_brussels_time() -> None:
    assert local_time(datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.UTC)).hour == 13


def test_a_path_that_ends_early_gives_nothing() -> None:
    assert value_at(SimpleNamespace(sector=None), "sector.name") is None
    assert value_at(SimpleNamespace(sector=SimpleNamespace(name=lambda: "Rue")), "sector.name") == "Rue"


def test_csv_is_not_a_format() -> None:
    assert SafeExportMixin.FORMATS == ("xlsx",)
