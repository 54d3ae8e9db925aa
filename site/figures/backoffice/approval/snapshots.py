"""Approved reports in the admin: read, never edited."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column

from core.backoffice.listing import DayColumn, IndexView, InspectView, facts
from core.backoffice.screens import ObjectScreen
from core.backoffice.viewsets import ReadOnlyViewSet
from core.figures.period import Scope
from core.text.dates import MOMENT, written
from figures.approval.changes import changes
from figures.backoffice.permissions import VIEW_SNAPSHOTS, seen_by
from figures.backoffice.report.shown import shown
from figures.models import Snapshot
from figures.report.canonical import from_bytes
from figures.report.figure import ReportFigure
from figures.report.published import published_with_notes
from figures.report.year_before import year_before


class OfOwnProgrammes:
    """Who runs one programme sees the reports of that one."""

    def rows_for(self, user: object) -> QuerySet[Snapshot]:
        # The bytes are long; the screen of one report asks for them.
        return Snapshot.objects.filter(programme__in=seen_by(user)).select_related("approved_by").defer("content")


class SnapshotIndexView(OfOwnProgrammes, IndexView):
    """The latest year first, all its versions."""

    list_display = (
        "year",
        Column("programme", label=gettext_lazy("Programmes"), accessor="programme_name"),
        "version",
        DayColumn("approved_at", label=gettext_lazy("Approved"), sort_key="approved_at"),
        Column("approved_by", label=gettext_lazy("By")),
        Column("note", label=gettext_lazy("Reason")),
    )


class SnapshotInspectView(OfOwnProgrammes, InspectView):
    """One version: its figures, and what it says otherwise than the one before."""

    page_title = gettext_lazy("Approved report")
    template_name = "figures/backoffice/snapshot.html"

    def actions(self) -> list[tuple[str, str]]:
        """Its files: label and URL."""
        labels = (("PDF", "pdf", ""), ("XLSX", "xlsx", ""), ("CSV", "csv", ""), (_("XLSX for the public"), "xlsx", "?public=1"))
        url = [reverse("figures_backoffice:snapshot_file", args=[self.object.pk, wanted]) + query for _label, wanted, query in labels]
        return [(label, each) for (label, _wanted, _query), each in zip(labels, url, strict=True)]

    def get_fields_context(self) -> list[dict[str, object]]:
        return facts(
            (_("Approved"), written(self.object.approved_at, MOMENT)),
            (_("By"), self.object.approved_by),
            (_("Reason"), self.object.note),
            (_("SHA-256"), self.object.sha256),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = from_bytes(self.object.content)
        before = year_before(Scope(report.period, self.object.programmes))
        versions = self.rows_for(self.request.user).filter(year=self.object.year, programme=self.object.programme)
        beside = before.by_key
        noted = published_with_notes(self.object.year)
        sections = [
            (each, [shown(figure, beside.get(figure.key), _no_rows, noted) for figure in each.figures]) for each in report.sections()
        ]
        return super().get_context_data(**kwargs) | {
            "report": report,
            "before": before,
            "actions": self.actions(),
            "sections": sections,
            "others": [each for each in versions if each.pk != self.object.pk],
        }


def _no_rows(figure: ReportFigure, code: str) -> str:
    """What was counted then may be otherwise now: a frozen number leads nowhere."""
    return ""


class CompareView(OfOwnProgrammes, ObjectScreen[Snapshot], TemplateView):
    """What one version says otherwise than another of the same year."""

    model = Snapshot
    viewset_name = "figures_snapshots"
    permission = VIEW_SNAPSHOTS
    template_name = "figures/backoffice/compare.html"
    page_title = gettext_lazy("What changed")
    header_icon = "lock"

    @cached_property
    def other(self) -> Snapshot:
        same = {"year": self.object.year, "programme": self.object.programme}
        return get_object_or_404(self.rows_for(self.request.user).filter(**same), pk=self.kwargs["other"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = changes(from_bytes(self.other.content), from_bytes(self.object.content))
        return super().get_context_data(**kwargs) | {"changes": found, "other": self.other, "object": self.object}


class SnapshotViewSet(ReadOnlyViewSet):
    """What was approved."""

    model = Snapshot
    name = "figures_snapshots"
    url_prefix = "report/approved"
    icon = "lock"
    menu_label = gettext_lazy("Approved reports")
    index_view_class = SnapshotIndexView
    inspect_view_class = SnapshotInspectView
    list_filter = ("year", "programme")
    list_export = ("year", "programme_name", "version", "approved_at", "approved_by", "note", "sha256")
