"""The numbers of the sheets in a period: read once for all their figures."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count as CountOf
from django.db.models import Q, QuerySet, Sum

from core import clock
from core.figures.definitions import Count
from core.figures.period import Period, Scope
from core.figures.questions import Questions
from followup.activities.sheets import sheet_called, sheets
from followup.models import SheetNumber, SheetTeam


@dataclass(frozen=True, slots=True)
class Told:
    """The numbers of a period by line, how many sheets told each, and how many should have."""

    period: Period
    numbers: dict[str, tuple[Decimal, int]]
    expected: dict[str, int]

    def count(self, *keys: str) -> Count:
        """The sum of some lines. None where no sheet told any."""
        told = [self.numbers[key] for key in keys if key in self.numbers]
        due = sum(self.expected[key] for key in keys)
        known = sum(times for _number, times in told)
        total = whole(sum((number for number, _times in told), start=Decimal()))
        return Count(total if told else None, known=known, unknown=max(due - known, 0))

    def number(self, *keys: str) -> Decimal:
        """The same, nought where nobody told it."""
        return Decimal(self.count(*keys).value or 0)


def ask(scope: Scope) -> Questions[Told]:
    """Two, whatever the rows."""
    lines = yield numbers_in(scope.period).order_by().values("line").annotate(total=Sum("number"), times=CountOf("pk"))
    teams = yield SheetTeam.objects.order_by()
    months = sum(1 for _team_month in team_months(scope.period, teams))
    expected = {key: months if sheet.is_monthly else 1 for sheet in sheets().values() for key in sheet.lines}
    return Told(scope.period, {row["line"]: (row["total"], row["times"]) for row in lines}, expected)


def numbers_in(period: Period) -> QuerySet[SheetNumber]:
    """Of the months that begin in a period, and of the year it ends in."""
    monthly = [sheet.code for sheet in sheets().values() if sheet.is_monthly]
    of_months = Q(sheet__sheet__in=monthly, sheet__first_day__range=(period.first, period.last))
    of_year = ~Q(sheet__sheet__in=monthly) & Q(sheet__first_day=datetime.date(period.year, 1, 1))
    return SheetNumber.objects.filter(of_months | of_year)


def team_months(period: Period, teams: list[SheetTeam]) -> Iterator[tuple[SheetTeam, datetime.date]]:
    """Each team and month that is over: a sheet ought to be there."""
    last = min(period.last, clock.today().replace(day=1) - datetime.timedelta(days=1))
    for team in teams:
        month = max(team.starts_on, period.first).replace(day=1)
        while month <= last and (team.ends_on is None or month <= team.ends_on):
            if month >= period.first:
                yield team, month
            month = sheet_called(team.sheet).after(month)


def average(total: Decimal | int, by: Decimal | int, *, places: str = "0.1") -> Decimal | None:
    """Rounded as people round; None where there is nothing to divide by."""
    return (Decimal(total) / Decimal(by)).quantize(Decimal(places), ROUND_HALF_UP) if by else None


def whole(number: Decimal) -> Decimal | int:
    """People are counted in whole numbers: only what has decimals keeps them."""
    return int(number) if number == number.to_integral_value() else number


def months_of(period: Period) -> int:
    """How many months a period touches."""
    return (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
