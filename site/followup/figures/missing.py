"""What would make these figures complete: sheets nobody has filled in, activities of no category."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.figures.definitions import MissingFact
from core.figures.period import Scope
from followup.activities.address import form_url, period_name
from followup.activities.sheets import Sheet, sheet_called, sheets
from followup.figures.activities import activities_in
from followup.figures.told import numbers_in, team_months
from followup.models import ActivityCategory, CountedAs, CountSheet, SheetTeam


def unsorted_activities(scope: Scope) -> Iterator[MissingFact]:
    """Activities of a kind that is told by category, and that have none."""
    sorted_kinds = ActivityCategory.objects.filter(is_active=True).exclude(kind__counted_as=CountedAs.LEVEL).values("kind")
    rows = activities_in(scope.period).filter(category=None, kind__in=sorted_kinds).select_related("kind")
    for row in rows:
        yield MissingFact(
            label=_("Activities whose category is not known"),
            person_id=row.by_id,
            row=row,
            url=reverse("followup_activities_log:edit", args=[row.pk]),
            figures=(row.kind.slug,),
        )


def unfinished_sheets(scope: Scope) -> Iterator[MissingFact]:
    """Months of a team and years of a programme of which not every number is told."""
    told: dict[tuple[str, int | None, object], set[str]] = {}
    for number in numbers_in(scope.period).select_related("sheet"):
        told.setdefault((number.sheet.sheet, number.sheet.team_id, number.sheet.first_day), set()).add(number.line)
    for team, month in team_months(scope.period, list(SheetTeam.objects.all())):
        if _is_asked(sheet_called(team.sheet), scope):
            yield from _missing(CountSheet(sheet=team.sheet, team=team, first_day=month), told.get((team.sheet, team.pk, month), set()))
    for sheet in sheets().values():
        first_day = scope.period.last.replace(month=1, day=1)
        if _is_asked(sheet, scope) and not sheet.is_monthly and scope.period.last < clock.today():
            yield from _missing(CountSheet(sheet=sheet.code, first_day=first_day), told.get((sheet.code, None, first_day), set()))


def _is_asked(sheet: Sheet, scope: Scope) -> bool:
    return sheet.programme is None or sheet.programme in scope.programmes


def _missing(row: CountSheet, told: set[str]) -> Iterator[MissingFact]:
    """Nothing, once every line is told. `row` is no row yet where nobody has begun."""
    sheet = sheet_called(row.sheet)
    if all(key in told for key in sheet.lines):
        return
    row.told_as = ", ".join(filter(None, [sheet.label, row.team.name if row.team else "", period_name(sheet, row.first_day)]))
    yield MissingFact(
        label=_("Sheets of numbers that are not filled in"),
        person_id=None,
        row=row,
        url=form_url(sheet, row.first_day, row.team.slug if row.team else ""),
        figures=tuple(_figures_of(sheet, told)),
        permission=sheet.permission,
    )


def _figures_of(sheet: Sheet, told: set[str]) -> Iterator[str]:
    """The figures that lack a line: a whole is known by its own key."""
    for group in sheet.groups:
        lacking = [line.key for line in group.lines if line.key not in told]
        yield from ([group.key] if lacking and group.is_whole else lacking)
