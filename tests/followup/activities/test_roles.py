"""Who counts, who fills in, who sees the money."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.core.people import browser_of, member
from tests.followup.activities.factories import ActivityFactory, SheetTeamFactory
from tests.followup.activities.test_sheets import url_of

COUNTERS, SHEETS = "followup_activities:counters", "followup_activities:sheets"
EVERYBODY = ("Follow-up", "Direction", "Communication officer", "Coordinator", "Trainer", "Publications", "Map", "Accounts")
MAY: dict[str, set[str]] = {
    "counters": {"Follow-up", "Direction", "Communication officer"},
    "activities": {"Follow-up", "Direction", "Communication officer"},
    "kinds": {"Direction"},
    "teams": {"Direction"},
    "sheets": {"Follow-up", "Direction"},
    "month": {"Follow-up", "Direction"},
    "funding": {"Direction"},
}


def paths() -> dict[str, str]:
    SheetTeamFactory.create(slug="act")
    return {
        "counters": reverse(COUNTERS),
        "activities": reverse("followup_activities_log:edit", args=[ActivityFactory.create().pk]),
        "kinds": reverse("followup_activity_kinds:index"),
        "teams": reverse("followup_sheet_teams:index"),
        "sheets": reverse(SHEETS),
        "month": url_of(),
        "funding": url_of("fund_year", "all", 2026, 1),
    }


@pytest.fixture
def without_second_factor(settings: Any) -> None:
    """Asked for by two of these groups; `tests/core/accounts` is about it."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "SecondFactor" not in each]


def opens(client: Client, path: str) -> bool:
    return client.get(path).status_code == 200


@pytest.mark.usefixtures("without_second_factor")
def test_each_group_opens_what_it_may_and_nothing_else(db: None) -> None:
    found: dict[str, set[str]] = {name: set() for name in MAY}
    where = paths()
    for group in EVERYBODY:
        client = browser_of(member(group))
        for name, path in where.items():
            if opens(client, path):
                found[name].add(group)
    assert found == MAY
