"""Imports of subscribers: upload, watch the dry run, watch the import, download what became of each line."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.listing import DayColumn, IndexView, InspectView, status_column
from core.backoffice.permissions import RequiresPermission, staff
from core.backoffice.screens import ListingScreen, RowsMixin, listing_crumb
from core.imports.errors import CannotRead
from newsletter.backoffice.subscribers.filters import LineFilterSet
from newsletter.backoffice.subscribers.forms import ImportForm
from newsletter.backoffice.subscribers.permissions import IMPORT_SUBSCRIBERS, VIEW_IMPORTS
from newsletter.enums.subscribers import ImportStatus, LineOutcome, Standing
from newsletter.models import SubscriberImport, SubscriberImportLine
from newsletter.subscribers.importing.run import start_import

# Lines of these change something.
WRITTEN = (LineOutcome.NEW, LineOutcome.KEPT_OUT, LineOutcome.REMOVED)
UNDER_WAY = (ImportStatus.CHECKING, ImportStatus.RUNNING)
LOOK_AGAIN = 2  # seconds between two looks at an import under way


class ImportRows(RowsMixin):
    """Imports are called by their file."""

    def object_name(self, row: SubscriberImport) -> str:
        return row.filename


class ImportIndexView(IndexView):
    """Every import, the latest first."""

    default_ordering = "-created_at"
    list_export = ("filename", "source", "agreed_on", "total", "get_status_display", "created_at", "finished_at", "by")
    export_headings = {"get_status_display": gettext_lazy("Status")}  # noqa: RUF012 (Wagtail's attribute)
    list_display = (
        "filename",
        Column("source", label=gettext_lazy("Source of the consents")),
        Column("total", label=gettext_lazy("Lines"), sort_key="total"),
        status_column(ImportStatus.DONE),
        DayColumn("created_at", label=gettext_lazy("Uploaded"), sort_key="created_at"),
    )


class ImportInspectView(ImportRows, InspectView):
    """One import: how far it is, how many lines of each outcome, and what can be done now."""

    template_name = "newsletter/backoffice/import_inspect.html"
    page_title = gettext_lazy("Import")

    @cached_property
    def header_buttons(self) -> list[Any]:
        return self.action_buttons([(True, _("Every line"), "import_lines", "list-ul")], HeaderButton)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = dict(self.object.lines.order_by().values_list("outcome").annotate(Count("pk")))
        counts = [(outcome, counted[outcome]) for outcome in LineOutcome if counted.get(outcome)]
        may_import = self.request.user.has_perm(IMPORT_SUBSCRIBERS)
        return super().get_context_data(**kwargs) | {
            "counts": counts,
            "is_asking": self.object.status == ImportStatus.ASKING and may_import,
            "is_under_way": self.object.status in UNDER_WAY,
            "new_count": counted.get(LineOutcome.NEW, 0),
            "may_import": may_import and self.object.status == ImportStatus.CHECKED,
            "written_count": sum(counted.get(outcome, 0) for outcome in WRITTEN),
            "standing_of_all": Standing(self.object.standing_of_all).label if self.object.standing_of_all else "",
            "lines_url": self.action_url("import_lines"),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().render_to_response(context, **kwargs)
        if context["is_under_way"]:
            # The progress needs no script: the browser looks again by itself.
            response["Refresh"] = str(LOOK_AGAIN)
        return response


class UploadImportView(ListingScreen, FormView):
    """A file and the source of its consents. It is only looked at; a person decides afterwards."""

    model = SubscriberImport
    viewset_name = "newsletter_imports"
    permission = IMPORT_SUBSCRIBERS
    form_class = ImportForm
    template_name = "newsletter/backoffice/import_upload.html"
    page_title = gettext_lazy("Import readers")
    header_icon = "upload"

    def form_valid(self, form: ImportForm) -> HttpResponse:
        answers = form.cleaned_data
        try:
            subscriber_import = start_import(
                content=answers["file"].read(),
                filename=answers["file"].name,
                source=answers["source"],
                agreed_on=answers["agreed_on"],
                language=answers["language"],
                by=staff(self.request),
                now=clock.now(),
            )
        except CannotRead as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        return redirect("newsletter_imports:inspect", subscriber_import.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"media": context["form"].media}


def note_of(row: SubscriberImportLine) -> str:
    """What the outcome refers to: the line it repeats, the themes nobody knows, what the file said."""
    if row.outcome == LineOutcome.DUPLICATE:
        return _("line %(number)s") % {"number": row.note}
    if row.outcome == LineOutcome.NEW and row.note:
        return _("unknown themes: %(words)s") % {"words": row.note}
    return row.note


class ImportLinesView(RequiresPermission, IndexView):
    """What became of each line, to read, to filter and to download."""

    permission = VIEW_IMPORTS
    model = SubscriberImportLine
    permission_policy = None
    any_permission_required: Any = ()
    page_title = gettext_lazy("Lines")
    header_icon = "upload"
    index_url_name = "newsletter_backoffice:import_lines"
    index_results_url_name = "newsletter_backoffice:import_lines_results"
    default_ordering = "number"
    paginate_by = 50
    filterset_class = LineFilterSet
    list_display = (
        Column("number", label=gettext_lazy("Line"), sort_key="number"),
        Column("email", label=gettext_lazy("E-mail address"), sort_key="email"),
        Column("language", label=gettext_lazy("Language")),
        Column("themes", label=gettext_lazy("Themes")),
        StatusTagColumn(
            "outcome",
            label=gettext_lazy("Outcome"),
            accessor="get_outcome_display",
            primary=lambda row: row.outcome == LineOutcome.NEW,
            sort_key="outcome",
        ),
        Column("note", label=gettext_lazy("Note"), accessor=note_of),
    )
    list_export = ("number", "email", "language", "themes", "get_outcome_display", "note", "evidence")
    export_headings = {  # noqa: RUF012 (Wagtail's attribute)
        "number": gettext_lazy("Line"),
        "email": gettext_lazy("E-mail address"),
        "language": gettext_lazy("Language"),
        "themes": gettext_lazy("Themes"),
        "get_outcome_display": gettext_lazy("Outcome"),
        "note": gettext_lazy("Note"),
        "evidence": gettext_lazy("Proof in the file"),
    }

    @cached_property
    def subscriber_import(self) -> SubscriberImport:
        return get_object_or_404(SubscriberImport, pk=self.kwargs["pk"])

    def rows_for(self, user: Any) -> QuerySet[SubscriberImportLine]:
        return self.subscriber_import.lines.all()

    def get_index_url(self) -> str:
        return reverse(self.index_url_name, args=[self.subscriber_import.pk])

    def get_index_results_url(self) -> str:
        return reverse(self.index_results_url_name, args=[self.subscriber_import.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            listing_crumb(SubscriberImport, reverse("newsletter_imports:index")),
            {"url": reverse("newsletter_imports:inspect", args=[self.subscriber_import.pk]), "label": self.subscriber_import.filename},
            {"url": "", "label": _("Lines")},
        ]
