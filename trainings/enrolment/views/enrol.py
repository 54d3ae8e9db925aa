"""Enrol in a session: one page, then a receipt."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.views.private import link_unknown, private_page
from trainings.enrolment.enrol import CannotEnrol, EnrolmentOutcome, Refusal, enrol_participant, why_closed
from trainings.enrolment.forms import EnrolmentForm
from trainings.enrolment.views.receipts import Receipt, read_receipt
from trainings.enums import EnrolmentStatus
from trainings.models import Session
from trainings.sessions.seat_counts import waiting_rank
from trainings.sessions.titles import page_for_module
from trainings.sessions.upcoming import session_to_enrol


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, reference: str) -> HttpResponse:
    """The form of one session, below what a person needs to know before it. The answer says the same to everybody."""
    session = session_to_enrol(reference)
    if session is None:
        return link_unknown(request)
    refusal = why_closed(session, clock.now()) if request.method != "POST" else None  # of a POST the service decides, under its lock
    if refusal:
        return _unavailable(request, session, refusal)
    form = EnrolmentForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        try:
            outcome = enrol_participant(session_id=session.pk, person=form.enrolment_data(), now=form.now)
        except CannotEnrol as error:
            return _unavailable(request, session, error.reason)
        messages.success(request, _("We have written to %(email)s.") % {"email": form.cleaned_data["email"]})
        return redirect("trainings:enrolled", receipt=_receipt(session, outcome, form.now).sign())
    context = _told_before(session) | {"form": form}
    return TemplateResponse(request, "trainings/enrol.html", context, status=422 if form.errors else 200)


@require_safe
@private_page
def enrolled(request: HttpRequest, receipt: str) -> HttpResponse:
    """What was answered, and what happens next. Can be bookmarked; shows nothing of the person."""
    answered = read_receipt(receipt)
    session = session_to_enrol(answered.session_reference) if answered else None
    if answered is None or session is None:
        return link_unknown(request)
    return TemplateResponse(request, "trainings/enrolled.html", _told_before(session) | {"receipt": answered})


def _receipt(session: Session, outcome: EnrolmentOutcome, now: datetime.datetime) -> Receipt:
    """The answer to this form. Whoever was enrolled already gets a newcomer's answer: anything else would tell a stranger."""
    if not outcome.was_already_enrolled:
        is_waiting = outcome.enrolment.status == EnrolmentStatus.WAITING
        rank = waiting_rank(outcome.enrolment) if is_waiting else 0
    else:
        rank = 0 if session.seats_left else session.waiting_count + 1
    return Receipt(session_reference=session.reference, rank=rank, answered_at=now)


def _told_before(session: Session) -> dict[str, object]:
    """What the pages of a session say of it: title and sheet in the reader's language, and the session itself."""
    sheet = page_for_module(session.module, get_language() or "fr") if session.module else None
    return {
        "session": session,
        "phase": session.phase(clock.now()),
        "sheet": sheet,
        "module": session.module,
        "session_title": sheet.title if sheet else session.name,
    }


def _unavailable(request: HttpRequest, session: Session, reason: Refusal) -> HttpResponse:
    """410: it was here, and the page says what happened and where to go on."""
    return TemplateResponse(request, "trainings/enrol_unavailable.html", _told_before(session) | {"reason": reason.value}, status=410)
