"""Certificates: the holder downloads the PDF, anyone who was shown one checks its code."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from core import clock
from core.views.private import link_unknown, private_page
from core.web.client import client_network
from core.web.ratelimit import check_rate_limit, used
from core.web.throttle import ask_to_wait, count_document
from trainings.attendance.documents import certificate_pdf
from trainings.attendance.forms import CertificateCodeForm
from trainings.enrolment.selectors import enrolment_with_session
from trainings.models import Certificate

CHECKS = 30
PERIOD = datetime.timedelta(minutes=10)


@require_safe
@private_page
def verify_certificate(request: HttpRequest) -> HttpResponse:
    """What the paper with this code must say, so that both can be compared; never more than the paper.

    A GET, so that the code printed on paper can lead here. It writes nothing but the counter of the limit.
    """
    if "code" not in request.GET:
        return TemplateResponse(request, "trainings/verify_certificate.html", {"form": CertificateCodeForm()})
    form = CertificateCodeForm(request.GET)
    if not form.is_valid():
        return TemplateResponse(request, "trainings/verify_certificate.html", {"form": form}, status=422)
    now, key = clock.now(), client_network(request)
    if not check_rate_limit(scope="verify-certificate", key=key, limit=CHECKS, period=PERIOD, now=now):
        ask_to_wait(request, until=used(scope="verify-certificate", key=key, now=now).until)
        return TemplateResponse(request, "trainings/verify_certificate.html", {"form": form, "is_limited": True}, status=429)
    certificate = Certificate.objects.filter(code=form.cleaned_data["code"]).first()
    context = {"form": form, "certificate": certificate, "was_checked": True}
    return TemplateResponse(request, "trainings/verify_certificate.html", context, status=200 if certificate else 404)


@require_safe
@private_page
def download_certificate(request: HttpRequest, token: str) -> HttpResponse:
    """The certificate of an enrolment as PDF; 410 once it was withdrawn."""
    enrolment = enrolment_with_session(token)
    certificate: Certificate | None = getattr(enrolment, "certificate", None) if enrolment else None
    if certificate is None:
        return link_unknown(request)
    if certificate.revoked_at:
        return TemplateResponse(request, "trainings/certificate_revoked.html", {"certificate": certificate}, status=410)
    count_document(request)
    return HttpResponse(
        certificate_pdf(certificate),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="smes-{certificate.code}.pdf"'},
    )
