"""A report's figures come into the store: a year is one file, all of it or nothing."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import Workbook

from core.figures.importing import FiguresRefused, import_figures
from core.figures.reading import read_figures_file
from core.imports.errors import CannotRead
from core.models import Figure, FigureValue
from tests.core.factories import FigureFactory, FigureValueFactory

pytestmark = pytest.mark.django_db

SOURCE = {"fr": "Rapport d’activités 2025", "nl": "Jaarverslag 2025", "en": "Annual report 2025"}
NEW = {"unit": "persons", "label_fr": "Locataires", "label_nl": "Huurders", "label_en": "Tenants"}


def report(*figures: dict[str, Any], year: Any = 2025, source: Any = SOURCE) -> bytes:
    """The file of a year."""
    return json.dumps({"year": year, "source": source, "figures": figures}).encode()


def take(content: bytes) -> dict[str, int]:
    return dict(import_figures(rows=read_figures_file(content)).counts)


def reasons(content: bytes) -> list[str]:
    with pytest.raises(FiguresRefused) as refused:
        take(content)
    return refused.value.reasons


def test_a_new_figure_comes_with_its_labels_unit_and_value() -> None:
    told = NEW | {"id": "hf_persons", "programme": "housing_first", "section_nl": "Begeleidingen", "value": 90.5, "approximate": True}
    assert take(report(told)) == {"new figures": 1, "new values": 1}
    value = FigureValue.objects.get(figure__key="hf_persons", year=2025)
    assert (value.value, value.is_approximate, value.source_nl) == (Decimal("90.50"), True, "Jaarverslag 2025")
    assert (value.figure.label_en, value.figure.programme, value.figure.section) == ("Tenants", "housing_first", "Begeleidingen")


def test_next_years_file_needs_no_more_than_key_and_value() -> None:
    """The words stay, and so does last year."""
    old = FigureValueFactory(figure__key="hf_persons", figure__label_fr="Locataires", year=2024, value=87)
    assert take(report({"key": "hf_persons", "value": 95})) == {"unchanged figures": 1, "new values": 1}
    assert list(old.figure.values.order_by("year").values_list("year", "value")) == [(2024, 87), (2025, 95)]
    assert Figure.objects.get().label_fr == "Locataires"


def test_the_same_file_twice_is_as_once() -> None:
    content = report(NEW | {"key": "hf_persons", "value": 95})
    take(content)
    assert take(content) == {"unchanged figures": 1, "unchanged values": 1}
    assert take(report({"key": "hf_persons", "value": 96})) == {"unchanged figures": 1, "changed values": 1}


def test_a_spreadsheet_is_read_as_well(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(
        ["key", "value", "year", "approximate", "unit", *(f"{name}_{code}" for name in ("label", "source") for code in SOURCE)]
    )
    book.active.append(["fund_total", "2 190 714,27", 2025, "oui", "EUR", "Total", "Totaal", "Total", *SOURCE.values()])
    book.save(tmp_path / "2025.xlsx")
    call_command("import_figures", str(tmp_path / "2025.xlsx"), verbosity=0)
    value = FigureValue.objects.get()
    assert (value.value, value.is_approximate, value.figure.unit) == (Decimal("2190714.27"), True, "EUR")


WRONG = {
    "an unknown unit": (NEW | {"key": "a", "value": 1, "unit": "bananas"}, "no unit is called 'bananas'"),
    "a new figure without labels": ({"key": "a", "value": 1, "unit": "%"}, "it is new, and label_fr is missing"),
    "an unknown programme": (NEW | {"key": "a", "value": 1, "programme": "sport"}, "no programme is called 'sport'"),
    "a value that is no number": (NEW | {"key": "a", "value": "beaucoup"}, "the value is no number with at most two decimals: 'beaucoup'"),
    "a thousands sign that may be a decimal one": (NEW | {"key": "a", "value": "2.542"}, "the value is no number"),
    "no value": (NEW | {"key": "a"}, "the value is no number with at most two decimals: ''"),
    "a year of another age": (NEW | {"key": "a", "value": 1, "year": 1924}, "the year is missing or wrong: '1924'"),
    "a key with spaces": (NEW | {"key": "a b", "value": 1}, "a key is made of letters"),
    "a source that is missing": (NEW | {"key": "a", "value": 1, "source_nl": ""}, "source_nl is missing"),
    "neither yes nor no": (NEW | {"key": "a", "value": 1, "approximate": "rather"}, "approximate is yes or no, not 'rather'"),
    "words longer than their field": (NEW | {"key": "a", "value": 1, "label_nl": "x" * 201}, "label_nl is longer than 200 characters"),
}


@pytest.mark.parametrize(("figure", "reason"), WRONG.values(), ids=list(WRONG))
def test_what_is_wrong_is_said_with_its_place_and_nothing_is_written(figure: dict[str, Any], reason: str) -> None:
    good = NEW | {"key": "good", "value": 1}
    told = reasons(report(good, figure))
    assert [each for each in told if reason in each and each.startswith("figure 2 (")], told
    assert not Figure.objects.exists()


def test_a_figure_that_stands_twice_is_refused() -> None:
    twice = NEW | {"key": "a", "value": 1}
    assert reasons(report(twice, twice)) == ["figure 2 (a): the same figure and year stand at figure 1."]


def test_a_figure_never_changes_its_unit() -> None:
    FigureFactory(key="hf_keep", unit="%")
    (reason,) = reasons(report({"key": "hf_keep", "value": 78, "unit": "persons"}))
    assert "it is counted in '%' until now" in reason


def test_all_reasons_come_at_once() -> None:
    assert len(reasons(report({"key": "a", "value": "?"}, {"value": 1}))) > 4


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"figures": ["a"]}', b"\x89PNG\r\n\x00\x01", b"name;age\nAna;3\n"], ids=repr)
def test_what_is_no_file_of_figures_says_so(content: bytes) -> None:
    with pytest.raises(CannotRead):
        read_figures_file(content)


def test_the_command_says_what_it_did_and_why_it_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "2025.json"
    path.write_bytes(report(NEW | {"key": "hf_persons", "value": 95}))
    call_command("import_figures", str(path))
    assert capsys.readouterr().out == "1 new figures, 1 new values\n"
    path.write_bytes(report({"key": "hf_other", "value": 95}))
    with pytest.raises(CommandError, match=r"Nothing was imported\.\nfigure 1 \(hf_other\): it is new, and unit is missing"):
        call_command("import_figures", str(path))
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_figures", str(tmp_path / "2026.json"))
