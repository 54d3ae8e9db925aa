"""Serves the sign-in sheet of a meeting and a certificate as PDF, uncached."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View

from core.backoffice.permissions import RequiresPermission
from trainings.attendance.documents import certificate_pdf, sign_in_sheet_pdf
from trainings.backoffice.permissions import VIEW_CERTIFICATES, VIEW_ENROLMENTS, certificates_for, meeting_or_404


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF shown by the browser, under a name without anybody's name."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


class SignInSheetView(RequiresPermission, View):
    """The sheet people sign at the door."""

    permission = VIEW_ENROLMENTS
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        meeting = meeting_or_404(request.user, pk)
        return pdf(sign_in_sheet_pdf(meeting), f"sign-in-{meeting.session.reference}")


class CertificatePdfView(RequiresPermission, View):
    """A certificate as its holder downloads it."""

    permission = VIEW_CERTIFICATES
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = certificates_for(request.user).select_related("enrolment__session__module", "enrolment__session__venue")
        certificate = get_object_or_404(rows, pk=pk, revoked_at=None)
        return pdf(certificate_pdf(certificate), f"certificate-{certificate.code}")
