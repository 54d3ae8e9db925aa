"""How old the map is, and where: counted in bars that add up."""

import datetime
from collections.abc import Iterator

import pytest
from django.utils import translation

from cartography.places.statistics import age_bars, bars, region_bars, sector_bars
from tests.core.factories import SectorFactory

TODAY = datetime.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def aged(*days: str | None) -> list[dict[str, datetime.date | None]]:
    return [{"checked_on": datetime.date.fromisoformat(day) if day else None} for day in days]


def counted(rows: list[dict[str, object]]) -> dict[str, object]:
    return {str(row["label"]): row["value"] for row in rows}


@pytest.mark.parametrize(
    ("checked", "label"),
    [
        ("2026-11-24", "less than 3 months ago"),
        ("2026-08-25", "less than 3 months ago"),
        ("2026-08-24", "3 to 6 months ago"),
        ("2026-05-24", "6 to 12 months ago"),
        ("2025-11-24", "12 to 18 months ago"),
        ("2025-05-25", "12 to 18 months ago"),
        ("2025-05-24", "more than 18 months ago"),
        ("1999-01-01", "more than 18 months ago"),
        (None, "never checked"),
    ],
)
def test_a_record_stands_in_the_bar_of_its_age(checked: str | None, label: str) -> None:
    assert {name for name, value in counted(age_bars(aged(checked), today=TODAY)).items() if value} == {label}


def test_the_bars_add_up_and_never_checked_is_named_only_where_it_happens() -> None:
    mixed = counted(age_bars(aged("2026-11-01", "2026-01-01", None, None), today=TODAY))
    assert sum(mixed.values()) == 4  # type: ignore[arg-type]
    assert mixed["never checked"] == 2
    assert "never checked" not in counted(age_bars(aged("2026-11-01"), today=TODAY))


def test_a_region_without_a_place_is_shown_as_none() -> None:
    assert counted(region_bars([{"region": "04000"}, {"region": "04000"}, {"region": "03000"}])) == {
        "Brussels": 2,
        "Wallonia": 1,
        "Flanders": 0,
    }


@pytest.mark.django_db
def test_the_largest_sector_comes_first() -> None:
    few, many = SectorFactory(), SectorFactory()
    rows = [{"sector_id": pk} for pk in (few.pk, many.pk, many.pk)]
    assert [(row["label"], row["value"]) for row in sector_bars(rows)] == [(many.name, 2), (few.name, 1)]


def test_the_longest_bar_fills_its_line() -> None:
    assert [row["share"] for row in bars([("a", 4), ("b", 1), ("c", 0)])] == ["100.00", "25.00", "0.00"]
    assert [row["share"] for row in bars([("a", 0)])] == ["0.00"]
