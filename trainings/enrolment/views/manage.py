"""The manage link of a mail: whoever holds it sees one enrolment, changes it or cancels it. GET shows, POST acts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.forms import ConfirmForm
from core.views.private import link_unknown, private_page
from trainings.enrolment.announce import calendar_download
from trainings.enrolment.cancel import CannotCancel
from trainings.enrolment.cancel import cancel_enrolment as cancel
from trainings.enrolment.enrol import change_enrolment as change
from trainings.enrolment.forms import EnrolmentChangesForm
from trainings.enrolment.selectors import enrolment_with_session
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment
from trainings.sessions.seat_counts import can_be_changed, waiting_rank
from trainings.sessions.titles import page_for_module


@require_safe
@private_page
def manage_enrolment(request: HttpRequest, token: str) -> HttpResponse:
    """Where the person stands, and what she can do."""
    enrolment = enrolment_with_session(token)
    if enrolment is None:
        return link_unknown(request)
    return TemplateResponse(request, "trainings/manage_enrolment.html", _context(enrolment))


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def change_enrolment(request: HttpRequest, token: str) -> HttpResponse:
    """The details of the person, to change."""
    enrolment = enrolment_with_session(token)
    if enrolment is None:
        return link_unknown(request)
    context = _context(enrolment)
    if not context["can_change"]:
        return TemplateResponse(request, "trainings/manage_enrolment.html", context | {"came_too_late": True}, status=410)
    form = EnrolmentChangesForm(request.POST if request.method == "POST" else None, request=request, enrolment=enrolment)
    if form.is_bound and form.is_valid():
        change(enrolment=enrolment, changes=form.changes(), now=form.now)
        messages.success(request, _("Your details are changed."))
        return redirect("trainings:manage_enrolment", token=token)
    return TemplateResponse(request, "trainings/change_enrolment.html", context | {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def cancel_enrolment(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more, then frees the seat. Pressed twice, it stays cancelled."""
    enrolment = enrolment_with_session(token)
    if enrolment is None:
        return link_unknown(request)
    context = _context(enrolment)
    if not context["can_change"]:
        if request.method == "POST" and enrolment.status == EnrolmentStatus.CANCELLED:
            return redirect("trainings:manage_enrolment", token=token)
        return TemplateResponse(request, "trainings/manage_enrolment.html", context | {"came_too_late": True}, status=410)
    form = ConfirmForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        try:
            cancel(enrolment=enrolment, now=form.now)
        except CannotCancel:
            return TemplateResponse(request, "trainings/manage_enrolment.html", context | {"came_too_late": True}, status=410)
        return redirect("trainings:manage_enrolment", token=token)
    return TemplateResponse(request, "trainings/cancel_enrolment.html", context | {"form": form}, status=422 if form.errors else 200)


@require_safe
@private_page
def enrolment_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar file: the meetings as they stand, and those that no longer count as cancelled."""
    enrolment = enrolment_with_session(token)
    if enrolment is None:
        return link_unknown(request)
    content = calendar_download(enrolment, now=clock.now())
    if content is None:
        return redirect("trainings:manage_enrolment", token=token)
    filename = f"smes-{enrolment.session.reference.lower()}.ics"
    return HttpResponse(
        content, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{filename}"'}
    )


def _context(enrolment: Enrolment) -> dict[str, object]:
    session = enrolment.session
    sheet = page_for_module(session.module, get_language() or "fr") if session.module else None
    certificate = getattr(enrolment, "certificate", None)
    return {
        "enrolment": enrolment,
        "session": session,
        "phase": session.phase(clock.now()),
        "module": session.module,
        "sheet": sheet,
        "session_title": sheet.title if sheet else session.name,
        "rank": waiting_rank(enrolment) if enrolment.status == EnrolmentStatus.WAITING else 0,
        "can_change": can_be_changed(enrolment, clock.now()),
        "certificate": certificate if certificate and not certificate.revoked_at else None,
    }
