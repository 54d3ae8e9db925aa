"""Where a sheet of numbers is filled in, and what its month or year is called."""

import datetime

from django.urls import reverse

from core.text.dates import written
from followup.activities.sheets import Sheet, sheet_called
from followup.models import CountSheet


def sheet_url(row: CountSheet) -> str:
    """Its form."""
    return form_url(sheet_called(row.sheet), row.first_day, row.team.slug if row.team else "")


def form_url(sheet: Sheet, first_day: datetime.date, team: str = "") -> str:
    """The form of a month or year, filled in or not."""
    return reverse("followup_activities:sheet", args=[sheet.code, team or "all", first_day.year, first_day.month])


def when(row: CountSheet) -> str:
    """`march 2026`, or `2026`."""
    return period_name(sheet_called(row.sheet), row.first_day)


def period_name(sheet: Sheet, first_day: datetime.date) -> str:
    return written(first_day, "F Y" if sheet.is_monthly else "Y")
