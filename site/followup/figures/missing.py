"""What would make these figures complete: sheets nobody has filled in, activities of no category."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.figures.definitions import MissingFact
from core.figures.period import Scope
from followup.activities.address import form_url, period_name
from followup.activities.sheets import sheet_called, sheets
from followup.figures.activities import activities_in
from followup.figures.told import numbers_in, team_months
from followup.models import ActivityCategory, CountedAs, CountSheet, SheetTeam


def unsorted_activities(scope: Scope) -> Iterator[MissingFact]:
    """Activities of a kind that is told by category, and that have none."""
    sorted_kinds = ActivityCategory.objects.filter(is_active=True).exclude(kind__counted_as=CountedAs.LEVEL).values("kind")
    rows = activities_in(scope.period).filter(category=None, kind__in=sorted_kinds).select_related("kind")
    for row in rows:
        yield MissingFact(
            label=_("%(kind)s of %(day)s: the category is not known.") % {"kind": row.kind.name, "day": f"{row.date:%d/%m/%Y}"},
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
        yield from _missing(CountSheet(sheet=team.sheet, team=team, first_day=month), told.get((team.sheet, team.pk, month), set()))
    for sheet in sheets().values():
        first_day = scope.period.last.replace(month=1, day=1)
        asked = sheet.programme is None or sheet.programme in scope.programmes
        if asked and not sheet.is_monthly and scope.period.last < clock.today():
            yield from _missing(CountSheet(sheet=sheet.code, first_day=first_day), told.get((sheet.code, None, first_day), set()))


def _missing(row: CountSheet, told: set[str]) -> Iterator[MissingFact]:
    sheet = sheet_called(row.sheet)
    lacking = [key for key in sheet.lines if key not in told]
    if lacking:
        words = {
            "sheet": sheet.label,
            "when": period_name(sheet, row.first_day),
            "team": row.team.name if row.team else "",
            "count": len(lacking),
        }
        text = (
            _("%(sheet)s, %(team)s, %(when)s: %(count)s numbers are missing.")
            if row.team
            else _("%(sheet)s, %(when)s: %(count)s numbers are missing.")
        )
        yield MissingFact(
            label=text % words,
            person_id=None,
            row=row,
            url=form_url(sheet, row.first_day, row.team.slug if row.team else ""),
            figures=tuple(lacking),
        )
