"""Imports of readers: upload, watch the dry run, say yes, watch the import, download what became of each line."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.listing import DayColumn, IndexView, OwnInspectView
from core.backoffice.permissions import RequiresPermission, staff
from newsletter.backoffice.subscribers.filters import LineFilterSet
from newsletter.backoffice.subscribers.forms import ImportForm
from newsletter.backoffice.subscribers.permissions import IMPORT_READERS, VIEW_IMPORTS
from newsletter.enums.readers import ImportStatus, LineOutcome
from newsletter.models import ReaderImport, ReaderImportLine
from newsletter.subscribers.importing.csv_file import CannotRead
from newsletter.subscribers.importing.run import ImportRefused, begin_import, cancel_import, start_import

UNDER_WAY = (ImportStatus.CHECKING, ImportStatus.RUNNING)
LOOK_AGAIN = 2  # seconds between two looks at an import under way


class ImportIndexView(IndexView):
    """Every import, the latest first."""

    any_permission_required = ("view",)
    default_ordering = "-created_at"
    list_export = ("filename", "source", "agreed_on", "total", "get_status_display", "created_at", "finished_at", "by")
    export_headings = {"get_status_display": gettext_lazy("Status")}  # noqa: RUF012 (Wagtail's attribute)

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("filename", label=_("File"), get_url=lambda row: reverse("newsletter_imports:inspect", args=[row.pk])),
            Column("source", label=_("Source of the consents")),
            Column("total", label=_("Lines"), sort_key="total"),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor=lambda row: row.get_status_display(),
                primary=lambda row: row.status == ImportStatus.DONE,
                sort_key="status",
            ),
            DayColumn("created_at", label=_("Uploaded"), sort_key="created_at"),
        ]


class ImportInspectView(OwnInspectView):
    """One import: how far it is, how many lines of each outcome, and what can be done now."""

    any_permission_required = ("view",)
    template_name = "newsletter/backoffice/import_inspect.html"
    page_title = gettext_lazy("Import")

    def rows_for(self, user: Any) -> QuerySet[ReaderImport]:
        return ReaderImport.objects.select_related("by")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("newsletter_imports:index"), "label": _("Imports")},
            {"url": "", "label": self.object.filename},
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        lines = reverse("newsletter_backoffice:import_lines", args=[self.object.pk])
        return [HeaderButton(_("Every line"), url=lines, icon_name="list-ul")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = dict(self.object.lines.order_by().values_list("outcome").annotate(Count("pk")))
        counts = [(outcome, counted[outcome]) for outcome in LineOutcome if counted.get(outcome)]
        may_import = self.request.user.has_perm(IMPORT_READERS) and self.object.status == ImportStatus.CHECKED
        return super().get_context_data(**kwargs) | {
            "counts": counts,
            "is_under_way": self.object.status in UNDER_WAY,
            "new_count": counted.get(LineOutcome.NEW, 0),
            "may_import": may_import,
            "lines_url": reverse("newsletter_backoffice:import_lines", args=[self.object.pk]),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().render_to_response(context, **kwargs)
        if context["is_under_way"]:
            # The progress needs no script: the browser looks again by itself.
            response["Refresh"] = str(LOOK_AGAIN)
        return response


class UploadImportView(RequiresPermission, WagtailAdminTemplateMixin, FormView):
    """A file and the source of its consents. It is only looked at; a person decides afterwards."""

    permission = IMPORT_READERS
    form_class = ImportForm
    template_name = "newsletter/backoffice/import_upload.html"
    page_title = gettext_lazy("Import readers")
    header_icon = "upload"

    def form_valid(self, form: ImportForm) -> HttpResponse:
        answers = form.cleaned_data
        try:
            of = start_import(
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
        return redirect("newsletter_imports:inspect", of.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("newsletter_imports:index"), "label": _("Imports")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"media": context["form"].media}


class ImportActionView(ConfirmView):
    """An action on one import."""

    permission = IMPORT_READERS
    header_icon = "upload"

    @cached_property
    def of(self) -> ReaderImport:
        return get_object_or_404(ReaderImport, pk=self.kwargs["pk"])

    @property
    def back_url(self) -> str:
        return reverse("newsletter_imports:inspect", args=[self.of.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("newsletter_imports:index"), "label": _("Imports")},
            {"url": self.back_url, "label": self.of.filename},
            {"url": "", "label": self.get_page_title()},
        ]


class BeginImportView(ImportActionView):
    """The dry run was right: write the readers."""

    action_label = gettext_lazy("Import the new readers")

    def effects(self) -> list[str]:
        new = self.of.lines.filter(outcome=LineOutcome.NEW).count()
        return [
            _("%(count)s new readers get the next issue.") % {"count": new},
            _("Readers already there are not changed; addresses that left, complained or came back are left alone."),
            _("Each new reader gets this proof of consent: %(source)s.") % {"source": self.of.source},
        ]

    def act(self, form: Any) -> str:
        try:
            begin_import(import_id=self.of.pk)
        except ImportRefused as error:
            raise Refused(_("This import is not waiting for you any more.")) from error
        return _("The import has begun.")


class CancelImportView(ImportActionView):
    """The dry run was wrong: forget the file."""

    action_label = gettext_lazy("Forget this file")
    is_destructive = True

    def effects(self) -> list[str]:
        return [_("Nobody was written. The lines of the file are erased.")]

    def act(self, form: Any) -> str:
        try:
            cancel_import(import_id=self.of.pk, now=clock.now())
        except ImportRefused as error:
            raise Refused(_("This import is not waiting for you any more.")) from error
        return _("The file is forgotten.")


class ImportLinesView(RequiresPermission, IndexView):
    """What became of each line, to read, to filter and to download."""

    permission = VIEW_IMPORTS
    model = ReaderImportLine
    permission_policy = None
    any_permission_required: Any = ()
    page_title = gettext_lazy("Lines")
    header_icon = "upload"
    index_url_name = "newsletter_backoffice:import_lines"
    index_results_url_name = "newsletter_backoffice:import_lines_results"
    default_ordering = "number"
    paginate_by = 50
    filterset_class = LineFilterSet
    list_export = ("number", "email", "language", "themes", "get_outcome_display", "note")
    export_headings = {  # noqa: RUF012 (Wagtail's attribute)
        "number": gettext_lazy("Line"),
        "email": gettext_lazy("E-mail address"),
        "language": gettext_lazy("Language"),
        "themes": gettext_lazy("Themes"),
        "get_outcome_display": gettext_lazy("Outcome"),
        "note": gettext_lazy("Note"),
    }

    @cached_property
    def of(self) -> ReaderImport:
        return get_object_or_404(ReaderImport, pk=self.kwargs["pk"])

    def get_base_queryset(self) -> QuerySet[ReaderImportLine]:
        return self.of.lines.all()

    def get_index_url(self) -> str:
        return reverse(self.index_url_name, args=[self.of.pk])

    def get_index_results_url(self) -> str:
        return reverse(self.index_results_url_name, args=[self.of.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("newsletter_imports:index"), "label": _("Imports")},
            {"url": reverse("newsletter_imports:inspect", args=[self.of.pk]), "label": self.of.filename},
            {"url": "", "label": _("Lines")},
        ]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("number", label=_("Line"), sort_key="number"),
            Column("email", label=_("E-mail address"), sort_key="email"),
            Column("language", label=_("Language")),
            Column("themes", label=_("Themes")),
            StatusTagColumn(
                "outcome",
                label=_("Outcome"),
                accessor=lambda row: row.get_outcome_display(),
                primary=lambda row: row.outcome == LineOutcome.NEW,
                sort_key="outcome",
            ),
            Column("note", label=_("Note"), accessor=self._note),
        ]

    @staticmethod
    def _note(row: ReaderImportLine) -> str:
        if row.outcome == LineOutcome.DUPLICATE:
            return _("line %(number)s") % {"number": row.note}
        return _("unknown themes: %(words)s") % {"words": row.note} if row.note else ""
