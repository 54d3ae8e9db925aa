"""Counters and sheets of numbers of 2024, as the report prints them, and of earlier years what it prints for comparison."""

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from demo.figures import figure_by_id
from followup.activities.kinds import load_kinds
from followup.activities.sheets import sheet_called
from followup.models import Activity, ActivityCategory, ActivityKind, CountSheet, SheetNumber, SheetTeam

# How often, by kind and category. Where the report prints no date, the times are spread over the year.
TIMES = {
    **{
        ("rep", code): f"rep_{code}"
        for code in (
            *("rezone", "brusshelp", "forum", "brumenta", "lbsm", "fgc_council"),
            *("doucheflux", "function5", "alias", "modus", "quota"),
        )
    },
    ("events_joined", ""): "events_joined",
    ("juries", "isfsc"): "juries_isfsc",
    ("jury", "ucl"): "jury_ucl",
    ("pat_students", ""): "pat_students",
}
# Kind, category, day, number. Days are invented, but for the year.
NUMBERS = (
    ("debates", "", datetime.date(2024, 4, 18), "debate_attendance"),
    ("debates", "", datetime.date(2024, 5, 16), "debate_attendance"),
    ("day", "", datetime.date(2024, 11, 14), "day_attendees"),
    ("pat_talks", "day", datetime.date(2024, 11, 14), "pat_day"),
    ("pat_talks", "midi", datetime.date(2024, 1, 16), "pat_midi"),
    ("pat_talks", "fmm", datetime.date(2024, 3, 12), "pat_fmm"),
    ("pat_talks", "acte", datetime.date(2024, 10, 10), "pat_acte"),
    ("followers", "linkedin", datetime.date(2024, 12, 31), "linkedin_2024"),
    ("followers", "facebook", datetime.date(2024, 12, 31), "facebook_2024"),
)
# The followers of the year before: what the report says was gained, taken away.
YEAR_BEFORE = (("followers", "linkedin", 784), ("followers", "facebook", 1768))
# Of the posts only the sum is printed: how many stood on which page is invented.
ON_LINKEDIN = 66
# What the sheets ask and the report says in another way: people it was about (the smallest numbers near the 55 requests that give the
# printed shares), homes (any numbers that give 90 %), the one team of 46 that is neither in Brussels nor in Wallonia.
OF_SHEETS = {"mob_men": 31, "mob_women": 22, "hf_housed": 80, "hf_kept": 72, "pat_teams_elsewhere": 1, "pat_hires_wallonia": 15}
RENAMED = {"pat_goal": "pat_goal_2025", "hf_goal": "hf_goal_2025", "homeless": "homeless_2024"}
MONTHS = 12


def build_activities() -> None:
    """Rows only; the present has a team whose sheets are still to be filled in."""
    load_kinds()
    kinds = {kind.slug: kind for kind in ActivityKind.objects.all()}
    categories = {(row.kind_id, row.code): row for row in ActivityCategory.objects.all()}
    Activity.objects.bulk_create(
        Activity(kind=kinds[slug], category=categories[kinds[slug].pk, code] if code else None, date=day, number=number)
        for slug, code, day, number in _activities()
    )
    _fill_sheets()


def _activities() -> Iterator[tuple[str, str, datetime.date, int]]:
    for (slug, code), figure in TIMES.items():
        times = int(figure_by_id(figure)["value"])
        for place in range(times):
            yield slug, code, datetime.date(2024, 1, 9) + datetime.timedelta(days=350 * place // times), 1
    for slug, code, day, figure in NUMBERS:
        yield slug, code, day, int(figure_by_id(figure)["value"])
    for slug, code, number in YEAR_BEFORE:
        yield slug, code, datetime.date(2023, 12, 31), number
    posts = int(figure_by_id("social_posts")["value"])
    for code, number in (("linkedin", ON_LINKEDIN), ("facebook", posts - ON_LINKEDIN)):
        for month, of_month in enumerate(_by_month(number), start=1):
            yield "social_posts", code, datetime.date(2024, month, 28), of_month


def _by_month(number: int) -> list[int]:
    """A number over twelve months, as evenly as whole numbers go."""
    return [number * (month + 1) // MONTHS - number * month // MONTHS for month in range(MONTHS)]


def _fill_sheets() -> None:
    then = SheetTeam.objects.create(
        slug="hf-2024", **_names("Équipe d’exemple (2024)", "Voorbeeldteam (2024)", "Example team (2024)"), **_days(2024)
    )
    SheetTeam.objects.create(
        slug="hf-exemple", starts_on=datetime.date(2026, 9, 1), **_names("Équipe d’exemple", "Voorbeeldteam", "Example team")
    )
    wanted = [(CountSheet(sheet=code, first_day=datetime.date(2024, 1, 1)), _year(code)) for code in YEARLY]
    wanted.append(
        (CountSheet(sheet="context_year", first_day=datetime.date(2022, 1, 1)), {"homeless": figure_by_id("homeless_2022")["value"]})
    )
    for month in range(MONTHS):
        numbers = {key: _by_month(int(number))[month] for key, number in _year("hf_month").items()}
        wanted.append((CountSheet(sheet="hf_month", team=then, first_day=datetime.date(2024, month + 1, 1)), numbers))
    CountSheet.objects.bulk_create([sheet for sheet, _numbers in wanted])
    SheetNumber.objects.bulk_create(
        SheetNumber(sheet=sheet, line=key, number=Decimal(str(number))) for sheet, numbers in wanted for key, number in numbers.items()
    )


YEARLY = ("hf_year", "mob_year", "pat_year", "fund_year", "context_year")


def _year(code: str) -> Mapping[str, Any]:
    """Every line of a sheet: as printed, or as the rules above say."""
    return {key: OF_SHEETS[key] if key in OF_SHEETS else figure_by_id(RENAMED.get(key, key))["value"] for key in sheet_called(code).lines}


def _names(fr: str, nl: str, en: str) -> dict[str, str]:
    return {"name_fr": fr, "name_nl": nl, "name_en": en}


def _days(year: int) -> dict[str, datetime.date]:
    return {"starts_on": datetime.date(year, 1, 1), "ends_on": datetime.date(year, 12, 31)}
