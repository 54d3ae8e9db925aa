"""The list of doctors who attended an accredited session, as a spreadsheet. Each download is noted in the log."""

from io import BytesIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.generic import View
from openpyxl import Workbook
from wagtail.log_actions import log

from core.backoffice.permissions import RequiresPermission, staff
from core.files.spreadsheets import as_text, bold
from trainings.attendance.accreditation.report import report_of
from trainings.backoffice.permissions import EXPORT_ACCREDITATION, sessions_for
from trainings.models import Session


class AccreditationView(RequiresPermission, View):
    """XLSX, never kept by a cache."""

    permission = EXPORT_ACCREDITATION
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        session = get_object_or_404(sessions_for(request.user), pk=pk)
        if not session.is_accredited:
            raise Http404
        log(session, "trainings.export_accreditation", user=staff(request), title=session.reference)
        headers = {"Content-Disposition": f'attachment; filename="{session.reference.lower()}.xlsx"', "Cache-Control": "no-store"}
        return HttpResponse(
            workbook_of(session),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            headers=headers,
        )


def workbook_of(session: Session) -> bytes:
    """One row a person and meeting."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title="RIZIV-INAMI")
    headings = [_("RIZIV/INAMI number"), _("Name"), _("Session"), _("Begins"), _("Ends"), _("Minutes attended"), _("Minutes planned")]
    sheet.append(bold(sheet, headings))
    for line in report_of(session):
        begins, ends = (f"{localtime(each):%Y-%m-%d %H:%M}" for each in (line.meeting.starts_at, line.meeting.ends_at))
        sheet.append([as_text(line.number), as_text(line.name), session.reference, begins, ends, line.minutes, line.meeting.minutes])
    output = BytesIO()
    workbook.save(output)
    return output.getvalue()
