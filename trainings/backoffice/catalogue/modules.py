"""Modules in the admin: their facts, and how many people wait for a date."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.backoffice.listing import FigureColumn, IndexView
from trainings.models import Module


class ModuleIndexView(IndexView):
    """All modules. Whoever plans sessions sees where a date is awaited."""

    default_ordering = "number"
    list_display = (
        "name",
        "number",
        "theme",
        "programme",
        "format",
        "days",
        FigureColumn(
            "interested_count",
            label=_("Waiting for a date"),
            accessor=lambda row: row.interested_count or "",
            sort_key="interested_count",
        ),
    )

    def rows_for(self, user: Any) -> QuerySet[Module]:
        return Module.objects.with_interest().select_related("theme")
