"""The report as a file: of what is counted now, or of an approved version."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import View

from core import clock
from core.backoffice.permissions import RequiresPermission, staff
from core.figures.period import Scope
from core.files.tables import TABLES, table_response
from core.languages import Language, current_language
from figures.backoffice.approval.snapshots import OfOwnProgrammes
from figures.backoffice.permissions import VIEW_SNAPSHOTS
from figures.backoffice.report.scope import ScopeMixin
from figures.documents.document import report_pdf
from figures.documents.table import headings, rows
from figures.models import Snapshot
from figures.report.canonical import from_bytes
from figures.report.public import public
from figures.report.reading import Report
from figures.report.year_before import with_year_before, year_before

FORMATS = (*TABLES, "pdf")


def answer(report: Report, before: Report, wanted: str, *, is_public: bool, language: str, snapshot: Snapshot | None) -> HttpResponseBase:
    """A PDF is for everybody, and hides small numbers; a table does where that is asked."""
    name = f"smes-{report.year}{f'-v{snapshot.version}' if snapshot else ''}{'-public' if is_public else ''}.{wanted}"
    if wanted == "pdf":
        day = timezone.localtime(snapshot.approved_at).date() if snapshot else clock.today()
        made = report_pdf(report, before, language=language, day=day, snapshot=snapshot)
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(made, content_type="application/pdf", headers=headers)
    if is_public:
        report, before = public(report), public(before)
    # In the reader's language: a file that goes out line by line is written after her request is over.
    return table_response(headings(report, before), list(rows(report, before)), name, wanted)


class OfAReport(View):
    """What both files share: their format, and who they are for."""

    http_method_names = ("get", "head", "options")

    def asked(self) -> dict[str, Any]:
        language = self.request.GET.get("language", current_language())
        if self.kwargs["wanted"] not in FORMATS or language not in Language.values:
            raise Http404
        return {"is_public": "public" in self.request.GET, "language": language}


class ReportFileView(ScopeMixin, OfAReport):
    """As it is counted now."""

    def get(self, request: HttpRequest, year: int, wanted: str) -> HttpResponseBase:
        asked = self.asked()
        return answer(*with_year_before(self.scope), wanted, snapshot=None, **asked)


class SnapshotFileView(OfOwnProgrammes, RequiresPermission, OfAReport):
    """As it was approved."""

    permission = VIEW_SNAPSHOTS

    def get(self, request: HttpRequest, pk: int, wanted: str) -> HttpResponseBase:
        snapshot = get_object_or_404(self.rows_for(staff(request)), pk=pk)
        report = from_bytes(snapshot.content)
        before = year_before(Scope(report.period, snapshot.programmes))
        return answer(report, before, wanted, snapshot=snapshot, **self.asked())
