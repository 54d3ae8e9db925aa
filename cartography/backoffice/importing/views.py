"""Files of places: upload, watch the dry run, decide on likely duplicates, say yes, watch the import, keep the report."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn

from cartography.backoffice.forms import ImportForm
from cartography.backoffice.permissions import ADD_PLACES
from cartography.enums import ImportStatus, RowDecision, RowOutcome
from cartography.importing.run import ImportRefused, begin_import, cancel_import, decide_rows, start_import
from cartography.models import PlaceImport
from core import clock
from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.listing import DayColumn, IndexView, InspectView, status_column
from core.backoffice.permissions import RequiresPermission, staff
from core.backoffice.screens import ListingScreen, ObjectScreen
from core.imports.errors import CannotRead

VIEWSET = "cartography_imports"
UNDER_WAY = (ImportStatus.CHECKING, ImportStatus.RUNNING)
LOOK_AGAIN = 2  # seconds between two looks at an import under way
ROWS_A_PAGE = 100
# What a person wants to see first. Unchanged rows say nothing.
TOLD = tuple(outcome for outcome in RowOutcome if outcome not in {RowOutcome.UNCHANGED, RowOutcome.PENDING})
GONE = gettext_lazy("This import is not waiting for you any more.")


class ImportIndexView(IndexView):
    """Every file, the latest first. No export: nothing here is for elsewhere."""

    FORMATS: Any = ()
    default_ordering = "-created_at"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("filename", label=_("File"), get_url=lambda row: reverse(f"{VIEWSET}:inspect", args=[row.pk])),
            Column("total", label=_("Rows"), sort_key="total"),
            status_column(ImportStatus.DONE),
            DayColumn("created_at", label=_("Uploaded"), sort_key="created_at"),
        ]


class UploadView(ListingScreen, FormView):
    """A file. It is only looked at; a person decides afterwards."""

    model = PlaceImport
    viewset_name = VIEWSET
    permission = ADD_PLACES
    template_name = "cartography/backoffice/import_upload.html"
    form_class = ImportForm
    page_title = gettext_lazy("Import places")
    header_icon = "upload"

    def form_valid(self, form: ImportForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            place_import = start_import(content=file.read(), filename=file.name, by=staff(self.request), now=clock.now())
        except CannotRead as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        return redirect(f"{VIEWSET}:inspect", place_import.pk)


class ImportInspectView(InspectView):
    """How far a file is, what becomes of its rows, and what can be done now."""

    template_name = "cartography/backoffice/import_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = dict(self.object.rows.order_by().values_list("outcome").annotate(Count("pk")))
        wanted = self.request.GET.get("outcome")
        outcomes = (wanted,) if wanted in RowOutcome.values else TOLD
        rows = self.object.rows.filter(outcome__in=outcomes).select_related("place")
        is_waiting = self.object.status == ImportStatus.CHECKED and self.request.user.has_perm(ADD_PLACES)
        return super().get_context_data(**kwargs) | {
            "counts": [(outcome, counted[outcome]) for outcome in RowOutcome if counted.get(outcome)],
            "rows": Paginator(rows, ROWS_A_PAGE).get_page(self.request.GET.get("p")),
            "outcome": wanted if wanted in RowOutcome.values else "",
            "decisions": RowDecision,
            "is_under_way": self.object.status in UNDER_WAY,
            "is_waiting": is_waiting,
            "likely_count": counted.get(RowOutcome.LIKELY, 0),
            "written_count": sum(counted.get(outcome, 0) for outcome in (RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.LIKELY)),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().render_to_response(context, **kwargs)
        if context["is_under_way"]:
            # The progress needs no script: the browser looks again by itself.
            response["Refresh"] = str(LOOK_AGAIN)
        return response


class DecideRowsView(RequiresPermission, View):
    """Keeps what a person says of the likely duplicates of a page."""

    permission = ADD_PLACES
    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        said = {name.removeprefix("row_"): value for name, value in request.POST.items() if name.startswith("row_")}
        decisions = {
            int(number): RowDecision(value)
            for number, value in said.items()
            if number.isdecimal() and len(number) < 8 and value in RowDecision.values
        }
        try:
            decide_rows(import_id=pk, decisions=decisions)
        except PlaceImport.DoesNotExist:
            return redirect(f"{VIEWSET}:index")
        except ImportRefused:
            messages.error(request, GONE)
        else:
            messages.success(request, _("Your decisions are kept."))
        page = request.POST.get("p", "")
        query = f"?outcome={RowOutcome.LIKELY}&p={page}" if page.isdecimal() else ""
        return redirect(reverse(f"{VIEWSET}:inspect", args=[pk]) + query)


class ImportActionView(ObjectScreen[PlaceImport], ConfirmView):
    """An action on one import."""

    model = PlaceImport
    viewset_name = VIEWSET
    permission = ADD_PLACES
    header_icon = "upload"


class BeginImportView(ImportActionView):
    """The dry run was right: write the places."""

    action_label = gettext_lazy("Import")

    def effects(self) -> list[str]:
        rows = self.object.rows.order_by()
        counted = dict(rows.values_list("outcome").annotate(Count("pk")))
        decided = dict(rows.filter(outcome=RowOutcome.LIKELY).values_list("decision").annotate(Count("pk")))
        new = counted.get(RowOutcome.NEW, 0) + decided.get(RowDecision.NEW, 0)
        changed = counted.get(RowOutcome.CHANGED, 0) + decided.get(RowDecision.SAME, 0)
        return [
            _("%(count)s places are added as drafts: publish them in the listing.") % {"count": new},
            _("%(count)s places of the map are updated.") % {"count": changed},
            _("%(count)s rows that may be on the map already are left out.") % {"count": decided.get(RowDecision.SKIP, 0)},
        ]

    def act(self, form: Any) -> str:
        try:
            begin_import(import_id=self.object.pk)
        except ImportRefused as error:
            raise Refused(str(GONE)) from error
        return _("The import has begun.")


class CancelImportView(ImportActionView):
    """The dry run was wrong: forget the file."""

    action_label = gettext_lazy("Forget this file")
    is_destructive = True

    def effects(self) -> list[str]:
        return [_("No place was written. The rows of the file are erased.")]

    def act(self, form: Any) -> str:
        try:
            cancel_import(import_id=self.object.pk, now=clock.now())
        except ImportRefused as error:
            raise Refused(str(GONE)) from error
        return _("The file is forgotten.")
