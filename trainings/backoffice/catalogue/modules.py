"""Modules in the back-office: their facts, and how many people wait for a date."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column, TitleColumn

from core.backoffice.listing import IndexView
from trainings.models import Module


class ModuleIndexView(IndexView):
    """All modules. Whoever plans sessions sees where a date is awaited."""

    default_ordering = "number"

    def get_base_queryset(self) -> QuerySet[Module]:
        return Module.objects.with_interest().select_related("theme")

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("name", label=_("Name"), sort_key="name", get_url=lambda row: reverse("trainings_modules:edit", args=[row.pk])),
            Column("number", label=_("Number"), sort_key="number"),
            Column("theme", label=_("Theme"), sort_key="theme"),
            Column("programme", label=_("Programme"), accessor="get_programme_display", sort_key="programme"),
            Column("format", label=_("Format"), accessor="get_format_display", sort_key="format"),
            Column("days", label=_("Days"), sort_key="days"),
            Column(
                "interested_count",
                label=_("Waiting for a date"),
                accessor=lambda row: row.interested_count or "",
                sort_key="interested_count",
            ),
        ]
