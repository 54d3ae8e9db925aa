"""Enrolments by sector: as people told it, or their institution had it, when they enrolled."""

from typing import Any

from django.db.models import Count, QuerySet

from core.figures.definitions import UNKNOWN, Part
from trainings.models import Enrolment

NAMES = ("sector__name_fr", "sector__name_nl", "sector__name_en")


def sectors_of(enrolments: QuerySet[Enrolment], *groups: str) -> QuerySet[Enrolment, dict[str, Any]]:
    """A row for each sector that is known (of each of `groups`), the largest first."""
    known = enrolments.filter(sector__isnull=False).order_by().values(*groups, "sector", "sector__slug", *NAMES)
    return known.annotate(number=Count("pk")).order_by("-number", "sector__slug")


def sector_part(row: dict[str, Any], number: int | None = None) -> Part:
    """The line of a breakdown."""
    names = {name[-2:]: row[name] or row["sector__name_fr"] for name in NAMES}
    return Part(row["sector__slug"], names, row["number"] if number is None else number)


def of_sector(enrolments: QuerySet[Enrolment], code: str) -> QuerySet[Enrolment]:
    """Those of one part of the breakdown."""
    return enrolments.filter(sector=None) if code == UNKNOWN else enrolments.filter(sector__slug=code)
