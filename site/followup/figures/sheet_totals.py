"""Figures made of several lines of the sheets: totals, averages, and shares of typed counts."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.figures.definitions import Count, Definition, Source
from core.models import FigureUnit, Programme
from followup.figures.missing import unfinished_sheets
from followup.figures.sheets import DEFINITIONS, FUNDING, lines_of, rows_of
from followup.figures.told import Told, ask, average, months_of

MEETINGS, MOVES = lines_of("hf_meet"), lines_of("hf_move")
TEAMS, HIRES, INCOME = lines_of("pat_teams"), lines_of("pat_hires_region"), lines_of("fund")
PROGRAMMES = {"hf": Programme.HOUSING_FIRST, "pat": Programme.SUPPORT}


def persons(told: Told) -> Count:
    """People supported in the year, each once: the sum over the ways they are funded."""
    return told.count(*FUNDING)


def share_of_men(told: Told) -> Count:
    """Men among all people supported."""
    return _share(told.number("hf_men"), told.number("hf_men", "hf_women"))


def share_of_women(told: Told) -> Count:
    """Women among all people supported."""
    return _share(told.number("hf_women"), told.number("hf_men", "hf_women"))


def kept_their_home(told: Told) -> Count:
    """Of the people who had a home in the year, those who kept it."""
    return _share(told.number("hf_kept"), told.number("hf_housed"))


def _share(part: Decimal, of: Decimal) -> Count:
    return Count(average(100 * part, of, places="1"), known=int(of))


def meetings(told: Told) -> Count:
    """All meetings, of whatever kind. Telephone calls are not counted."""
    return told.count(*MEETINGS)


def meetings_a_month(told: Told) -> Count:
    """Meetings divided by the people supported and by the months of the period."""
    number = told.number(*MEETINGS)
    return Count(average(number, told.number(*FUNDING) * months_of(told.period)), known=int(number))


def moves(told: Told) -> Count:
    """All moves of people already followed; new people moving in are not among them."""
    return told.count(*MOVES)


def moves_with_new(told: Told) -> Count:
    """All moves, and the new people who moved in."""
    return told.count(*MOVES, "hf_new")


def moves_a_month(told: Told) -> Count:
    """Moves, new people among them, divided by the months of the period."""
    number = told.number(*MOVES, "hf_new")
    return Count(average(number, months_of(told.period)) if number else None, known=int(number))


def teams(told: Told) -> Count:
    """All teams supported since the project began."""
    return told.count(*TEAMS)


def hires(told: Told) -> Count:
    """All peer workers hired since the project began."""
    return told.count(*HIRES)


def income(told: Told) -> Count:
    """The sum of the amounts of the year's sheet."""
    return told.count(*INCOME)


def _made(
    key: str, section: str, unit: FigureUnit, label: Any, counts: Any, count: Callable[[Told], Count], *lines: str, **relations: Any
) -> Definition:
    """A figure over several lines. Without lines it is made of other figures, and opens no rows."""
    return Definition(
        key=key,
        programme=PROGRAMMES.get(key.partition("_")[0]),
        section=section,
        unit=unit,
        label=label,
        counts=counts,
        count=count,
        rows=rows_of(*lines) if lines else None,
        **relations,
    )


GENDER = ("hf_men", "hf_women")
TOTALS = (
    _made(
        "hf_persons",
        "hf-people",
        FigureUnit.PERSONS,
        _("People supported"),
        _("People supported in the year, each once, however they are funded."),
        persons,
        *FUNDING,
    ),
    _made(
        "hf_men_pct", "hf-people", FigureUnit.PERCENT, _("Men"), _("Men among the people supported."), share_of_men, computed_from=GENDER
    ),
    _made(
        "hf_women_pct",
        "hf-people",
        FigureUnit.PERCENT,
        _("Women"),
        _("Women among the people supported."),
        share_of_women,
        computed_from=GENDER,
    ),
    _made(
        "hf_keep",
        "hf-results",
        FigureUnit.PERCENT,
        _("People who kept their home"),
        _("Of the people who had a home in the year, those who kept it."),
        kept_their_home,
        computed_from=("hf_kept", "hf_housed"),
    ),
    _made(
        "hf_meet_total",
        "hf-meetings",
        FigureUnit.MEETINGS,
        _("Meetings in total"),
        _("All meetings noted on the monthly sheets. Telephone calls are not counted."),
        meetings,
        *MEETINGS,
    ),
    _made(
        "hf_meet_month",
        "hf-meetings",
        FigureUnit.PER_MONTH,
        _("Meetings a month and person, on average"),
        _("Meetings divided by the people supported and by the months."),
        meetings_a_month,
        computed_from=("hf_persons",),
    ),
    _made(
        "hf_move_total",
        "hf-moves",
        FigureUnit.MOVES,
        _("Moves in total"),
        _("All moves of people already followed, without new people moving in."),
        moves,
        *MOVES,
    ),
    _made(
        "hf_move_total_new",
        "hf-moves",
        FigureUnit.MOVES,
        _("Homes moved into or left"),
        _("All moves, and the new people who moved in."),
        moves_with_new,
        *MOVES,
        "hf_new",
        sum_of=("hf_move_total", "hf_new"),
    ),
    _made(
        "hf_move_month",
        "hf-moves",
        FigureUnit.MOVES,
        _("Moves a month, on average"),
        _("Moves, with those of new people, divided by the months."),
        moves_a_month,
        computed_from=("hf_move_total_new",),
    ),
    _made(
        "pat_teams_total",
        "pat-organisations",
        FigureUnit.TEAMS,
        _("Teams supported since the start"),
        _("All teams supported since the project began."),
        teams,
        *TEAMS,
    ),
    _made(
        "pat_hires",
        "pat-organisations",
        FigureUnit.HIRES,
        _("Peer workers hired since the start"),
        _("All peer workers hired since the project began."),
        hires,
        *HIRES,
    ),
    _made(
        "fund_total",
        "funding",
        FigureUnit.EURO,
        _("Total income"),
        _("The sum of the amounts of the year’s sheet."),
        income,
        *INCOME,
    ),
)
SOURCES = (
    Source(
        name="followup.sheets",
        ask=ask,
        definitions=(*DEFINITIONS, *TOTALS),
        missing=unfinished_sheets,
        missing_permission="followup.change_countsheet",
        is_typed=True,
    ),
)
