"""What the counters and sheets say of a year."""

import datetime
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.figures.definitions import Definition, Source
from followup.activities.kinds import load_kinds
from followup.activities.sheets import sheets
from followup.figures import counters, sheet_totals
from followup.models import Activity, ActivityKind, CountSheet, SheetNumber
from tests.core.factories import UserFactory
from tests.core.figures.reading import broken_down, counted, definition, opens_what_it_counts, parts, scope_of
from tests.followup.activities.factories import ActivityFactory, CountSheetFactory, SheetNumberFactory, SheetTeamFactory

SOURCES = (*counters.SOURCES, *sheet_totals.SOURCES)
REPORT = Path("site/demo/content/facts/figures-2024.json")
MARCH = datetime.date(2026, 3, 12)
COUNTED = (("rep", "alias"), ("rep", ""), ("debates", ""), ("followers", "linkedin"), ("hf_material", "injection"), ("media", ""))
LINES = ("hf_meet_home", "hf_reason_use", "hf_new", "hf_ggc", "hf_men", "hf_age_avg", "fund_gifts")


def done(kind: str, category: str = "", number: int = 1, *, date: datetime.date = MARCH) -> Activity:
    row = ActivityKind.objects.get(slug=kind)
    return ActivityFactory.create(kind=row, category=row.categories.filter(code=category).first(), number=number, date=date)


def told(line: str, number: float | Decimal, **sheet: object) -> None:
    SheetNumberFactory.create(sheet=CountSheetFactory.create(**sheet), line=line, number=Decimal(str(number)))


def told_of_year(sheet: str, year: int = 2026, **numbers: float) -> None:
    row = CountSheetFactory.create(sheet=sheet, team=None, first_day=datetime.date(year, 1, 1))
    for line, number in numbers.items():
        SheetNumberFactory.create(sheet=row, line=line, number=Decimal(str(number)))


@pytest.fixture
def kinds(db: None) -> None:
    load_kinds()


@pytest.mark.usefixtures("kinds")
class TestCounters:
    def test_meetings_are_told_by_network(self) -> None:
        for _time in range(3):
            done("rep", "brusshelp")
        done("rep", "alias")
        done("rep")
        done("rep", "alias", date=datetime.date(2025, 12, 31))
        assert parts(SOURCES, "rep") == {"brusshelp": 3, "alias": 1}
        assert broken_down(SOURCES, "rep").unknown == 1
        assert {part.key for part in broken_down(SOURCES, "rep").parts} == {"rep_brusshelp", "rep_alias"}

    def test_a_debate_has_people_and_is_one(self) -> None:
        done("debates", number=140)
        done("debates", number=160)
        assert counted(SOURCES, "debates").value == 2
        assert counted(SOURCES, "debate_attendance").value == 150

    def test_no_debate_has_no_average(self) -> None:
        assert counted(SOURCES, "debate_attendance").value is None

    def test_followers_are_a_level_and_not_a_sum(self) -> None:
        done("followers", "linkedin", 784, date=datetime.date(2026, 1, 5))
        done("followers", "linkedin", 1144, date=datetime.date(2026, 12, 20))
        done("followers", "linkedin", 1100, date=datetime.date(2026, 11, 1))
        assert counted(SOURCES, "linkedin").value == 1144
        assert counted(SOURCES, "facebook").value is None
        assert counted(SOURCES, "facebook").unknown == 1

    def test_posts_a_week(self) -> None:
        done("social_posts", "linkedin", 100)
        done("social_posts", "facebook", 41)
        assert counted(SOURCES, "social_posts").value == 141
        assert counted(SOURCES, "social_per_week").value == Decimal("2.7")

    def test_everything_the_counters_know_without_levels(self) -> None:
        done("debates", number=140)
        done("social_posts", "linkedin", 5)
        done("followers", "linkedin", 784)
        assert parts(SOURCES, "activities") == {"debates": 1, "social_posts": 5}


class TestSheets:
    def test_months_of_two_teams_add_up(self, db: None) -> None:
        act, icm = SheetTeamFactory.create(), SheetTeamFactory.create()
        for number, month in enumerate((1, 2), start=1):
            told("hf_meet_home", 60 * number, team=act, first_day=datetime.date(2026, month, 1))
            told("hf_meet_ext", 20, team=icm, first_day=datetime.date(2026, month, 1))
        told("hf_meet_home", 1000, team=act, first_day=datetime.date(2025, 12, 1))
        assert parts(SOURCES, "hf_meet") == {"home": 180, "ext": 40, "consult": 0}
        assert counted(SOURCES, "hf_meet_total").value == 220

    def test_what_nobody_told_is_unknown_and_not_nought(self, db: None) -> None:
        assert counted(SOURCES, "hf_meet_total").value is None
        assert counted(SOURCES, "hf_age_avg").unknown == 1

    def test_people_of_a_year(self, db: None) -> None:
        told_of_year("hf_year", hf_ggc=83, hf_mis=1, hf_interned=3, hf_men=56, hf_women=31, hf_age_avg=48, hf_housed=80, hf_kept=72)
        told_of_year("hf_year", 2025, hf_ggc=70)
        assert counted(SOURCES, "hf_persons").value == 87
        assert counted(SOURCES, "hf_men_pct").value == 64
        assert counted(SOURCES, "hf_women_pct").value == 36
        assert counted(SOURCES, "hf_keep").value == 90
        # A mean age rests on people: below five of them it is hidden.
        assert counted(SOURCES, "hf_age_avg").known == 87

    def test_people_are_whole_numbers_and_euros_keep_their_cents(self, db: None) -> None:
        told_of_year("fund_year", fund_ggc=1493200, fund_gifts=3478.74)
        assert counted(SOURCES, "fund_total").value == Decimal("1496678.74")
        told_of_year("mob_year", mob_men=24, mob_women=17)
        assert [type(value) for value in parts(SOURCES, "mob_gender").values()] == [int, int]

    def test_reasons_do_not_add_up(self, db: None) -> None:
        told("hf_reason_admin", 3)
        assert not broken_down(SOURCES, "hf_reason").adds_up


def test_the_keys_are_those_of_the_store(db: None) -> None:
    """With the unit they have there: a figure counted in another unit is another figure."""
    report = {figure["id"]: figure["unit"] for figure in json.loads(REPORT.read_text("utf-8"))["figures"]}
    ours = {each.key: each.unit for source in SOURCES for each in source.definitions}
    ours |= {line.key: line.unit for sheet in sheets().values() for line in sheet.lines.values()}
    theirs_in_percent = {"mob_men", "mob_women"}
    assert {
        key: (unit, report[key]) for key, unit in ours.items() if key in report and unit != report[key] and key not in theirs_in_percent
    } == {}
    expected = {key for key in report if key.partition("_")[0] in {"hf", "fund"} or key in {"events_joined", "debates", "social_posts"}}
    with_a_year, of_trainings = {"hf_goal_2025"}, {"hf_tr_sessions", "hf_tr_days", "hf_tr_modules", "hf_trainers"}
    assert expected - with_a_year - of_trainings <= ours.keys()


def test_each_figure_says_what_it_counts() -> None:
    for source in SOURCES:
        for each in source.definitions:
            assert each.count.__doc__, each.key


@pytest.mark.usefixtures("kinds")
def test_the_number_of_queries_does_not_depend_on_the_rows(django_assert_num_queries: Any) -> None:
    for day in range(1, 20):
        done("rep", "brusshelp", date=datetime.date(2026, 5, day))
    for source in SOURCES:
        with django_assert_num_queries(2):
            source.read(scope_of(2026))


class TestAnyData(TestCase):
    """A figure is the number of what it opens, whatever was noted."""

    @classmethod
    def setUpTestData(cls) -> None:
        load_kinds()

    @settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        counts=st.lists(
            st.tuples(st.sampled_from(COUNTED), st.integers(0, 500), st.dates(datetime.date(2025, 12, 1), datetime.date(2027, 1, 31)))
        ),
        numbers=st.dictionaries(
            st.tuples(st.sampled_from(LINES), st.sampled_from(("hf_month", "hf_year", "fund_year"))), st.decimals(0, 99_999, places=2)
        ),
    )
    def test_a_figure_is_equal_to_the_rows_it_opens(
        self, counts: list[tuple[tuple[str, str], int, datetime.date]], numbers: dict[tuple[str, str], Decimal]
    ) -> None:
        for (kind, category), number, date in counts:
            done(kind, category, number, date=date)
        team = SheetTeamFactory.create()
        rows = {
            "hf_month": CountSheet.objects.create(sheet="hf_month", team=team, first_day=datetime.date(2026, 4, 1)),
            "hf_year": CountSheet.objects.create(sheet="hf_year", first_day=datetime.date(2026, 1, 1)),
            "fund_year": CountSheet.objects.create(sheet="fund_year", first_day=datetime.date(2025, 1, 1)),
        }
        for (line, sheet), number in numbers.items():
            SheetNumber.objects.create(sheet=rows[sheet], line=line, number=number)
        assert opens_what_it_counts(SOURCES) == []


def test_a_figure_that_counts_other_rows_is_noticed(db: None) -> None:
    """The control of the test above."""
    load_kinds()
    done("rep", "alias")
    source, rep = definition(SOURCES, "rep")
    wrong = Definition(**{name: getattr(rep, name) for name in rep.__slots__} | {"rows": definition(SOURCES, "media")[1].rows})
    assert opens_what_it_counts((Source(name="planted", ask=source.ask, definitions=[wrong]),)) == ["rep: alias"]


@pytest.mark.usefixtures("kinds")
def test_a_meeting_of_no_network_is_on_the_list_of_who_counted_it() -> None:
    """Debates are not told by category, and miss none."""
    counter = UserFactory()
    row = done("rep")
    Activity.objects.filter(pk=row.pk).update(by=counter)
    done("rep", "alias")
    done("debates", number=150)
    source = definition(SOURCES, "rep")[0]
    assert source.missing is not None
    facts = list(source.missing(scope_of(2026)))
    assert [(fact.row, fact.person_id, fact.figures) for fact in facts] == [(row, counter.pk, ("rep",))]
