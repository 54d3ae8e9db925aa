"""The report on links of pages that lead nowhere."""

from typing import Any, ClassVar

import django_filters
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from core.backoffice.page_access import WORKING
from core.files.spreadsheets import SafeExportMixin
from core.languages import IN_THE_READERS_LANGUAGE
from core.models import BrokenLink


class BrokenLinksFilterSet(WagtailFilterSet):
    """By the language of the page."""

    language = django_filters.ChoiceFilter(field_name="page__locale__language_code", label=_("Language"), choices=IN_THE_READERS_LANGUAGE)

    class Meta:
        model = BrokenLink
        fields: ClassVar[list[str]] = []


class BrokenLinksReportView(SafeExportMixin, ReportView):
    """What the nightly check found, on pages the user may see; a title leads to where the link is mended."""

    model = BrokenLink
    page_title = _("Broken links")
    header_icon = "link"
    filterset_class = BrokenLinksFilterSet
    index_url_name = "core_broken_links:index"
    index_results_url_name = "core_broken_links:results"
    permission_policy = page_permission_policy
    any_permission_required = WORKING
    is_searchable = False
    list_export: ClassVar = ["page.title", "page.locale.language_code", "url", "status", "checked_at"]
    export_headings: ClassVar = {"page.title": _("Page"), "page.locale.language_code": _("Language")}

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn(
                "page", label=_("Page"), accessor="page.title", get_url=lambda row: reverse("wagtailadmin_pages:edit", args=[row.page_id])
            ),
            Column("language", label=_("Language"), accessor=lambda row: row.page.locale.language_code.upper()),
            Column("url", label=_("Leads to")),
            Column("status", label=_("Answer"), accessor=lambda row: row.status or _("gone, or not public")),
            DateColumn("checked_at", label=_("Checked")),
        ]

    def get_queryset(self) -> Any:
        mine = page_permission_policy.explorable_instances(self.request.user)
        self.queryset = BrokenLink.objects.filter(page__in=mine).select_related("page__locale").order_by("page__title", "url")
        return super().get_queryset()


def _edit_url(row: BrokenLink) -> str:
    return reverse("wagtailadmin_pages:edit", args=[row.page_id])


def report_urls() -> list[URLPattern | URLResolver]:
    """For `register_admin_urls`."""
    own = [
        path("", BrokenLinksReportView.as_view(), name="index"),
        path("results/", BrokenLinksReportView.as_view(results_only=True), name="results"),
    ]
    return [path("reports/broken-links/", include((own, "core_broken_links")))]
