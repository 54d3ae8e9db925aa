"""Approved reports in the admin: read, never edited."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from core.backoffice.listing import DayColumn, IndexView, InspectView, facts
from core.backoffice.viewsets import ReadOnlyViewSet
from core.models.vocabulary import Programme
from core.text.dates import MOMENT, written
from figures.backoffice.permissions import sees
from figures.models import Snapshot


class OfOwnProgrammes:
    """Who runs one programme sees the reports of that one."""

    def rows_for(self, user: object) -> QuerySet[Snapshot]:
        seen = [name for name in ("", *Programme.values) if sees(user, name)]
        # The bytes are long; the screen of one report asks for them.
        return Snapshot.objects.filter(programme__in=seen).select_related("approved_by").defer("content")


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
    """One version."""

    page_title = gettext_lazy("Approved report")

    def get_fields_context(self) -> list[dict[str, object]]:
        return facts(
            (_("Approved"), written(self.object.approved_at, MOMENT)),
            (_("By"), self.object.approved_by),
            (_("Reason"), self.object.note),
            (_("SHA-256"), self.object.sha256),
        )


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
