"""What the screens of counters and sheets show."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from core.models import User
from followup.activities.sheets import Group, Line, Sheet
from followup.models import Activity, ActivityKind, CountedAs, SheetNumber, SheetTeam

LATEST = 5
# From here on, a number twice or half as large as the last one is worth a look.
ODD_FROM = 10


def counters(*, today: datetime.date) -> list[ActivityKind]:
    """The kinds that are counted, with their categories and what this year has so far (`this_year`). Two queries."""
    this_year = Q(activities__date__year=today.year)
    kinds = ActivityKind.objects.filter(is_active=True).prefetch_related("categories")
    return list(kinds.annotate(rows=Count("activities", filter=this_year), total=Sum("activities__number", filter=this_year)))


def so_far(kind: Any) -> int:
    """How often this year: of what is tapped, taps; of the rest, rows."""
    return int(kind.total or 0) if kind.counted_as == CountedAs.TIMES else int(kind.rows)


def latest_of(user: User) -> QuerySet[Activity]:
    """What this person noted last."""
    return Activity.objects.filter(by=user).select_related("kind", "category").order_by("-noted_at", "-pk")[:LATEST]


def known_partners() -> list[str]:
    """Proposed where an organisation or network is typed."""
    rows = Activity.objects.exclude(partner="").order_by("partner").values_list("partner", flat=True)
    return list(rows.distinct())


@dataclass(frozen=True, slots=True)
class FilledLine:
    """A line with what stands there, and what stood there the month or year before."""

    line: Line
    number: Decimal | None
    before: Decimal | None

    @property
    def is_odd(self) -> bool:
        """Twice or half the last one: a slip, or worth a note."""
        if self.number is None or self.before is None or max(self.number, self.before) < ODD_FROM:
            return False
        return self.number > 2 * self.before or 2 * self.number < self.before


@dataclass(frozen=True, slots=True)
class FilledGroup:
    """A group with its total."""

    group: Group
    lines: tuple[FilledLine, ...]

    @property
    def total(self) -> Decimal | None:
        told = [each.number for each in self.lines if each.number is not None]
        return sum(told, start=Decimal()) if told else None

    @property
    def total_before(self) -> Decimal | None:
        told = [each.before for each in self.lines if each.before is not None]
        return sum(told, start=Decimal()) if told else None


def filled_groups(sheet: Sheet, team: SheetTeam | None, first_day: datetime.date) -> list[FilledGroup]:
    """A sheet as it stands. One query."""
    days = (first_day, sheet.before(first_day))
    rows = SheetNumber.objects.filter(sheet__sheet=sheet.code, sheet__team=team, sheet__first_day__in=days)
    numbers = {(line, day): number for line, day, number in rows.values_list("line", "sheet__first_day", "number")}
    return [
        FilledGroup(group, tuple(FilledLine(line, *(numbers.get((line.key, day)) for day in days)) for line in group.lines))
        for group in sheet.groups
    ]


def unequal(groups: list[FilledGroup]) -> Iterator[tuple[FilledGroup, FilledGroup]]:
    """Groups that count the same people and do not come to the same total."""
    by_key = {each.group.key: each for each in groups}
    for each in groups:
        other = by_key.get(each.group.same_total_as)
        if other and each.total is not None and other.total is not None and each.total != other.total:
            yield each, other


def told_of_year(sheet: Sheet, year: int) -> dict[tuple[int | None, datetime.date], int]:
    """How many lines each sheet of a year has. Shape: {(team, first day): lines}. One query."""
    rows = SheetNumber.objects.filter(sheet__sheet=sheet.code, sheet__first_day__year=year, line__in=sheet.lines).order_by()
    counted = rows.values_list("sheet__team", "sheet__first_day").annotate(count=Count("pk"))
    return {(team, day): count for team, day, count in counted}
