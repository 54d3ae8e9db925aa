"""Spreadsheets never hold a formula."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import Workbook

from core.files.spreadsheets import SafeExportMixin, local_time, value_at


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


def test_a_moment_is_written_in_brussels_time() -> None:
    assert local_time(datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.UTC)).hour == 13


def test_a_path_that_ends_early_gives_nothing() -> None:
    assert value_at(SimpleNamespace(sector=None), "sector.name") is None
    assert value_at(SimpleNamespace(sector=SimpleNamespace(name=lambda: "Rue")), "sector.name") == "Rue"


def test_csv_is_not_a_format() -> None:
    assert SafeExportMixin.FORMATS == ("xlsx",)
