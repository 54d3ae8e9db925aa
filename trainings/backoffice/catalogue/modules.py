"""Modules in the admin: their facts, and how many people wait for a date."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from core.backoffice.listing import FigureColumn, IndexView
from core.backoffice.page_access import works_on_pages
from trainings.models import CataloguePage, Module


class ModulePagesPanel(Panel):
    """The words of a module are pages, one a language: a link to each, and to the catalogue where one is missing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "trainings/backoffice/parts/module_pages.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and works_on_pages(self.request.user)

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            pages = {page.locale_id: page for page in self.instance.pages.select_related("locale")}
            catalogues = CataloguePage.objects.select_related("locale").order_by("locale_id")
            rows = [
                (catalogue.locale.language_name_local, pages.get(catalogue.locale_id), self._add_url(catalogue)) for catalogue in catalogues
            ]
            return context | {"rows": rows}

        def _add_url(self, catalogue: CataloguePage) -> str:
            return reverse("wagtailadmin_pages:add", args=["trainings", "modulepage", catalogue.pk])


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
