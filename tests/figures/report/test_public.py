"""What everybody may read: no small number, and none that could be worked out."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.figures.definitions import Breakdown, Count, Definition, Part
from core.figures.period import Period
from core.models import FigureUnit, Programme
from figures.report.figure import ReportFigure, counted
from figures.report.public import TOGETHER, public
from figures.report.reading import Report
from tests.figures.sources import REQUESTS, SECTORS


def report(*figures: ReportFigure) -> Report:
    return Report(Period.of_year(2024), tuple(Programme), figures)


def sectors(*, unknown: int = 0, **numbers: int) -> ReportFigure:
    parts = tuple(Part(code, {"fr": code, "nl": code, "en": code.title()}, number) for code, number in numbers.items())
    return counted("tests", replace(SECTORS, part_of=""), Breakdown(parts, unknown=unknown))


def number(definition: Definition = REQUESTS, value: int | Decimal = 12, known: int = 12, **facts: object) -> ReportFigure:
    return counted("tests", replace(definition, **facts), Count(value, known))  # type: ignore[arg-type]


def test_hidden_parts_are_one_line_and_all_shares_add_up() -> None:
    """Shares are made of what is shown: how the others were rounded tells nothing."""
    [shown] = public(report(sectors(homeless=20, housing=3, drugs=8, health=7))).figures
    assert [(part.code, part.value) for part in shown.parts] == [("homeless", 20), ("health", 7), (TOGETHER, 11)]
    assert sum(part.share for part in shown.parts) == 100
    assert shown.parts[-1].labels["en"] == "Together: Drugs, Housing"
    assert shown.value == 38


def test_where_nothing_is_left_to_hide_beside_it_the_whole_figure_is_hidden() -> None:
    [shown] = public(report(sectors(homeless=3, unknown=2))).figures
    assert (shown.is_hidden, shown.value, shown.known, shown.unknown, shown.parts) == (True, None, 0, 0, ())


def test_numbers_that_make_a_sum_hide_one_another() -> None:
    """43 opened a file and 3 were told by phone, of 46: the 3 is not hidden as long as 43 and 46 stand there."""
    figures = [
        number(value=46, known=46),
        number(key="files", value=43, known=43, part_of=REQUESTS.key),
        number(key="phone", value=3, known=3, part_of=REQUESTS.key),
    ]
    assert [figure.is_hidden for figure in public(report(*figures)).figures] == [False, True, True]


def test_what_counts_no_people_is_said() -> None:
    debates = number(value=2, known=2, unit=FigureUnit.COUNT)
    assert public(report(debates)).figures == (debates,)


@pytest.mark.parametrize(
    ("unit", "value", "known", "is_hidden"),
    [
        (FigureUnit.YEARS, Decimal("48.2"), 87, False),
        (FigureUnit.YEARS, Decimal("48.2"), 3, True),
        (FigureUnit.PERCENT, Decimal("90"), 87, False),
        (FigureUnit.PERCENT, Decimal("97"), 87, True),
        (FigureUnit.PERCENT, Decimal("100"), 87, False),
    ],
    ids=["mean of many", "mean of three", "nine in ten", "all but three", "everybody"],
)
def test_nothing_is_said_of_a_handful(unit: FigureUnit, value: Decimal, known: int, is_hidden: bool) -> None:
    [shown] = public(report(number(value=value, known=known, unit=unit))).figures
    assert shown.is_hidden == is_hidden


def test_a_whole_tells_nothing_of_a_breakdown_of_which_some_are_not_known() -> None:
    """3 of 9 are known, in one sector: neither the 9 nor the 6 nobody knows may stand there."""
    whole, parts = public(report(number(value=9, known=9), replace(sectors(homeless=3, unknown=6), part_of=REQUESTS.key))).figures
    assert (whole.is_hidden, parts.is_hidden) == (True, True)


def test_the_rest_of_a_whole_is_hidden_as_well() -> None:
    """53 of 56 kept their home: with both, anybody counts the three who did not."""
    housed = number(key="housed", value=56, known=56)
    for kept, is_hidden in ((53, True), (50, False)):
        shown = public(report(housed, number(key="kept", value=kept, known=kept, part_of="housed"))).figures
        assert [each.is_hidden for each in shown] == [False, is_hidden]


def test_the_same_number_under_another_name_is_hidden_with_it() -> None:
    """Part `drugs` is hidden as company of a small one; the figure that counts the same rows must not tell it."""
    same = number(key="same", value=8, known=8, sum_of=("test_sector_drugs",))
    shown = public(report(sectors(homeless=20, housing=3, drugs=8), same)).by_key
    assert shown["same"].is_hidden
    assert not public(report(sectors(homeless=20, housing=7, drugs=8), same)).by_key["same"].is_hidden


def test_what_rests_on_a_hidden_number_is_hidden() -> None:
    kinds = number(key="kinds", value=2, known=3, unit=FigureUnit.COUNT, computed_from=(REQUESTS.key,))
    assert public(report(number(value=3, known=3), kinds)).by_key["kinds"].is_hidden
    assert not public(report(number(value=30, known=30), kinds)).by_key["kinds"].is_hidden


def test_a_running_total_is_for_colleagues() -> None:
    assert public(report(number(value=80, known=80, is_public=False))).figures[0].is_hidden
