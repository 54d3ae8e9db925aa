"""A month of a Housing First team, told in a minute."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import User
from figures.missing.work_list import work_list
from followup.activities.fill_in import CannotFillIn, Entry, fill_in
from followup.activities.sheets import UnknownSheet, sheet_called, sheets
from followup.figures import SOURCES
from followup.models import CountSheet, SheetNumber, SheetTeam
from tests.core.figures.reading import scope_of
from tests.core.people import browser_of
from tests.followup.activities.factories import CountSheetFactory, SheetNumberFactory, SheetTeamFactory
from tests.followup.activities.test_counters import worker

MONTH = sheet_called("hf_month")
MARCH = datetime.date(2026, 3, 1)


@pytest.fixture
def team(db: None) -> SheetTeam:
    return SheetTeamFactory.create(slug="act", name_en="ACT team")


@pytest.fixture
def me(db: None) -> User:
    return worker("view_countsheet", "change_countsheet")


@pytest.fixture
def desk(me: User) -> Client:
    return browser_of(me)


def url_of(code: str = "hf_month", team: str = "act", year: int = 2026, month: int = 3) -> str:
    return reverse("followup_activities:sheet", args=[code, team, year, month])


def numbers() -> dict[str, Decimal]:
    return dict(SheetNumber.objects.values_list("line", "number"))


def test_the_months_numbers_are_saved_beside_last_months(desk: Client, team: SheetTeam) -> None:
    before = CountSheetFactory.create(team=team, first_day=datetime.date(2026, 2, 1))
    SheetNumberFactory.create(sheet=before, line="hf_meet_home", number=61)
    assert "February 2026: 61" in desk.get(url_of()).content.decode()
    answer = desk.post(url_of(), {"hf_meet_home": "58", "hf_meet_ext": " 1 024 ", "hf_meet_consult": ""})
    assert answer.status_code == 302
    mine = dict(SheetNumber.objects.filter(sheet__first_day=MARCH).values_list("line", "number"))
    assert mine == {"hf_meet_home": 58, "hf_meet_ext": 1024}
    assert "<output>1082</output>" in desk.get(url_of()).content.decode()


def test_what_is_wrong_does_not_hold_up_the_rest(desk: Client, team: SheetTeam) -> None:
    answer = desk.post(url_of(), {"hf_meet_home": "58", "hf_meet_ext": "many", "hf_move_flat": "1.5", "hf_move_out": "-2"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert numbers() == {"hf_meet_home": 58}
    assert 'value="many"' in html
    assert html.count("Write a number in digits") == 2
    assert "Write a whole number." in html


def test_two_people_at_one_sheet_lose_nothing(desk: Client, team: SheetTeam, me: User) -> None:
    desk.post(url_of(), {"hf_meet_home": "58", "hf_meet_ext": "20"})
    # Both opened it then. A colleague corrects two lines; I change one of them, and another.
    desk.post(url_of(), {"hf_meet_home": "60", "seen-hf_meet_home": "58", "hf_meet_ext": "21", "seen-hf_meet_ext": "20"})
    mine = {"hf_meet_home": "59", "seen-hf_meet_home": "58", "hf_meet_ext": "20", "seen-hf_meet_ext": "20", "hf_move_flat": "1"}
    html = desk.post(url_of(), mine).content.decode()
    assert numbers() == {"hf_meet_home": 60, "hf_meet_ext": 21, "hf_move_flat": 1}
    assert "Somebody else noted 60 meanwhile" in html
    assert 'value="59"' in html
    desk.post(url_of(), {"hf_meet_home": "59", "seen-hf_meet_home": "60"})
    assert numbers()["hf_meet_home"] == 59


def test_an_odd_jump_is_pointed_at_and_saved(desk: Client, team: SheetTeam) -> None:
    before = CountSheetFactory.create(team=team, first_day=datetime.date(2026, 2, 1))
    SheetNumberFactory.create(sheet=before, line="hf_meet_home", number=61)
    desk.post(url_of(), {"hf_meet_home": "610"})
    assert "Last time it was 61: is it right?" in desk.get(url_of()).content.decode()
    desk.post(url_of(), {"hf_meet_home": "70", "seen-hf_meet_home": "610"})
    assert "is it right?" not in desk.get(url_of()).content.decode()


def test_nought_where_nothing_stands(desk: Client, team: SheetTeam) -> None:
    desk.post(url_of(), {"hf_meet_home": "58", **dict.fromkeys([key for key in MONTH.lines if key != "hf_meet_home"], ""), "rest": "0"})
    assert SheetNumber.objects.count() == len(MONTH.lines)
    assert numbers()["hf_move_out"] == 0


def test_an_emptied_line_is_unknown_again(desk: Client, team: SheetTeam) -> None:
    desk.post(url_of(), {"hf_meet_home": "58"})
    desk.post(url_of(), {"hf_meet_home": "", "seen-hf_meet_home": "58"})
    assert numbers() == {}


def test_women_and_men_come_to_all_people(desk: Client) -> None:
    url = url_of("hf_year", "all", 2026, 1)
    desk.post(url, {"hf_ggc": "83", "hf_mis": "1", "hf_interned": "3", "hf_men": "56", "hf_women": "30"})
    assert "they count the same people" in desk.get(url).content.decode()


def test_who_may_not_fill_in_the_funding_is_not_asked_for_it(desk: Client, me: User) -> None:
    """Neither on the work list of what is missing."""
    direction = worker("view_countsheet", "change_countsheet", "fill_in_funding")
    asked = [
        {str(gap.fact.row) for kind in work_list(user=user, scope=scope_of(2025)).kinds for gap in kind.gaps} for user in (direction, me)
    ]
    label = sheet_called("fund_year").label
    assert [any(label in row for row in rows) for rows in asked] == [True, False]
    assert asked[1]


def test_funding_has_cents_and_is_for_few(desk: Client, db: None) -> None:
    url = url_of("fund_year", "all", 2026, 1)
    assert desk.get(url).status_code == 302
    direction = browser_of(worker("view_countsheet", "change_countsheet", "fill_in_funding"))
    direction.post(url, {"fund_gifts": "3 478,74", "fund_ggc": "1.493.200"})
    assert numbers() == {"fund_gifts": Decimal("3478.74")}
    assert "Funding of the year" not in desk.get(reverse("followup_activities:sheets")).content.decode()
    assert "Funding of the year" in direction.get(reverse("followup_activities:sheets")).content.decode()


def test_who_may_only_look_writes_nothing(team: SheetTeam) -> None:
    reader = browser_of(worker("view_countsheet"))
    assert reader.get(url_of()).status_code == 200
    reader.post(url_of(), {"hf_meet_home": "58"})
    assert numbers() == {}


@pytest.mark.parametrize(
    "asked",
    [
        ("none", "act", 2026, 3),
        ("hf_month", "all", 2026, 3),
        ("hf_year", "act", 2026, 1),
        ("hf_year", "all", 2026, 3),
        ("hf_month", "act", 2026, 13),
        ("hf_month", "act", 2999, 1),
    ],
    ids=["no sheet", "no team", "of no team", "not a year", "no month", "to come"],
)
def test_a_sheet_that_is_none_is_not_found(desk: Client, team: SheetTeam, asked: tuple[str, str, int, int]) -> None:
    assert desk.get(url_of(*asked), follow=True).status_code == 404


def test_the_service_refuses_what_the_sheet_does_not_ask(team: SheetTeam) -> None:
    entries = {"hf_meet_home": Entry(None, Decimal(1))}
    with pytest.raises(CannotFillIn):
        fill_in(sheet=MONTH, team=None, first_day=MARCH, entries=entries, by=None)
    with pytest.raises(CannotFillIn):
        fill_in(sheet=MONTH, team=team, first_day=datetime.date(2026, 3, 2), entries=entries, by=None)
    with pytest.raises(UnknownSheet):
        fill_in(sheet=MONTH, team=team, first_day=MARCH, entries={"name": Entry(None, Decimal(1))}, by=None)
    assert not CountSheet.objects.exists()


def test_a_month_that_is_over_is_missing_until_every_line_is_told(team: SheetTeam) -> None:
    def missing() -> set[str]:
        found = [fact for source in SOURCES if source.missing for fact in source.missing(scope_of(2026))]
        return {fact.url for fact in found}

    last_month = (clock.today().replace(day=1) - datetime.timedelta(days=1)).replace(day=1)
    url = url_of(year=last_month.year, month=last_month.month)
    assert url in missing()
    assert url_of(year=clock.today().year, month=clock.today().month) not in missing()
    fill_in(sheet=MONTH, team=team, first_day=last_month, entries={key: Entry(None, Decimal(0)) for key in MONTH.lines}, by=None)
    assert url not in missing()


def test_a_team_that_has_ended_owes_no_sheet(db: None) -> None:
    SheetTeamFactory.create(slug="old", starts_on=datetime.date(2026, 1, 1), ends_on=datetime.date(2026, 2, 28))
    found = [fact.url for source in SOURCES if source.missing for fact in source.missing(scope_of(2026))]
    assert [url for url in found if "/old/" in url] == [url_of(team="old", month=month) for month in (1, 2)]


def test_no_line_of_a_sheet_could_hold_a_person() -> None:
    """Numbers only: the one place for words is the name of the sheet."""
    assert {type(field).__name__ for field in SheetNumber._meta.fields if field.name not in {"id", "line", "at", "by", "sheet"}} == {
        "DecimalField"
    }
    assert all(line.labels.keys() == {"fr", "nl", "en"} for sheet in sheets().values() for line in sheet.lines.values())
