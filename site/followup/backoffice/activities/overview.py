"""Which sheets of a year are filled in."""

import datetime
from typing import Any

from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core import clock
from core.backoffice.permissions import RequiresPermission
from followup.activities.address import form_url, period_name
from followup.activities.selectors import told_of_year
from followup.activities.sheets import Sheet, sheets
from followup.backoffice.activities.permissions import VIEW_SHEETS, may_see
from followup.models import SheetTeam

FIRST_YEAR = 2000


class SheetsView(RequiresPermission, WagtailAdminTemplateMixin, TemplateView):
    """Each sheet this person may see, with its months or its year."""

    permission = VIEW_SHEETS
    template_name = "followup/backoffice/activities/sheets.html"
    page_title = gettext_lazy("Sheets of numbers")
    header_icon = "table"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, year = clock.today(), self._year()
        teams = list(SheetTeam.objects.all())
        seen = [sheet for sheet in sheets().values() if may_see(self.request.user, sheet)]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "year": year,
            "next_year": year + 1 if year < today.year else None,
            "sheets": [{"label": sheet.label, "rows": _rows(sheet, year, teams, today)} for sheet in seen],
        }

    def _year(self) -> int:
        asked, this_year = self.request.GET.get("year", ""), clock.today().year
        return min(max(int(asked), FIRST_YEAR), this_year) if asked.isdecimal() and len(asked) == 4 else this_year


def _rows(sheet: Sheet, year: int, teams: list[SheetTeam], today: datetime.date) -> list[dict[str, Any]]:
    """A row for each team, or one."""
    told = told_of_year(sheet, year)
    last = datetime.date(year, 12, 31)
    of_year = [team for team in teams if team.sheet == sheet.code and team.starts_on <= last]
    rows = []
    for team in of_year if sheet.by_team else [None]:
        days = [day for day in _days(sheet, year) if day <= today and (team is None or _has(team, day))]
        cells = [_cell(sheet, team, day, told.get((team.pk if team else None, day), 0)) for day in days]
        rows.append({"name": team.name if team else "", "cells": cells})
    return rows


def _days(sheet: Sheet, year: int) -> list[datetime.date]:
    return [datetime.date(year, month, 1) for month in (range(1, 13) if sheet.is_monthly else (1,))]


def _has(team: SheetTeam, day: datetime.date) -> bool:
    return team.starts_on.replace(day=1) <= day and (team.ends_on is None or day <= team.ends_on)


def _cell(sheet: Sheet, team: SheetTeam | None, day: datetime.date, told: int) -> dict[str, Any]:
    asked = len(sheet.lines)
    return {
        "name": period_name(sheet, day),
        "url": form_url(sheet, day, team.slug if team else ""),
        "told": told,
        "asked": asked,
        "is_done": told >= asked,
    }
