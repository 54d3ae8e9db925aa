"""Enrol in a session: one page, then a receipt."""

import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.languages import current_language
from core.views.private import link_unknown, private_page
from trainings.enrolment.enrol import CannotEnrol, EnrolmentOutcome, Refusal, enrol_participant, why_closed
from trainings.enrolment.forms import EnrolmentForm
from trainings.enrolment.views.receipts import EnrolmentReceipt
from trainings.models import Session
from trainings.sessions.seat_words import SeatWords
from trainings.sessions.titles import page_for_module, title_in_cycle
from trainings.sessions.upcoming import session_of_form, session_to_enrol


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, reference: str) -> HttpResponse:
    """The enrolment form of one session, below its practical details. The answer is the same for who was enrolled already."""
    form, refusal = None, None
    if request.method == "POST" and (asked := session_of_form(reference)) is not None:
        form = EnrolmentForm(request.POST, request=request, session=asked)
        if form.is_valid():
            try:
                return _enrol(request, asked, form)
            except CannotEnrol as error:
                refusal = error.reason
    # Only now, for a page that is shown: dates, places and rules cost more than an enrolment.
    session = session_to_enrol(reference, now=clock.now())
    if session is None:
        return link_unknown(request)
    refusal = refusal or (why_closed(session, clock.now()) if form is None else None)  # of a POST the service decides, under its lock
    if refusal:
        return unavailable(request, session, refusal)
    context = form_context(session) | {"form": form or EnrolmentForm(request=request, session=session)}
    return TemplateResponse(request, "trainings/enrol.html", context, status=422 if form else 200)


def _enrol(request: HttpRequest, session: Session, form: EnrolmentForm) -> HttpResponse:
    """Calls the service with a valid form. Raises CannotEnrol."""
    outcome = enrol_participant(session_id=session.pk, person=form.enrolment_data(), now=form.now)
    messages.success(request, _("We have written to %(email)s.") % {"email": form.cleaned_data["email"]})
    return redirect("trainings:enrolled", receipt=_receipt(outcome, form.now).sign())


@require_safe
@private_page
def enrolled(request: HttpRequest, receipt: str) -> HttpResponse:
    """The answer, and what happens next. Can be bookmarked; shows no personal data."""
    answered = EnrolmentReceipt.read(receipt)
    session = session_to_enrol(answered.session_reference, now=clock.now()) if answered else None
    if answered is None or session is None:
        return link_unknown(request)
    told = {"receipt": answered, "rank": answered.rank, "sender": settings.DEFAULT_FROM_EMAIL}
    return TemplateResponse(request, "trainings/enrolled.html", form_context(session) | told)


def _receipt(outcome: EnrolmentOutcome, now: datetime.datetime) -> EnrolmentReceipt:
    """The answer to this form. Who was enrolled already gets the same answer as a newcomer: another one would inform strangers."""
    return EnrolmentReceipt(session_reference=outcome.enrolment.session.reference, rank=outcome.rank, answered=int(now.timestamp()))


def form_context(session: Session) -> dict[str, object]:
    """Title and module page in the reader's language, and the session."""
    sheet = page_for_module(session.module, current_language()) if session.module else None
    now = clock.now()
    rules = SeatWords(session, now)
    return {
        "session": session,
        "rules": rules,
        "is_seat_free": rules.promises(session.free_seats),
        "rank": 0,
        "phase": session.phase(now),
        "sheet": sheet,
        "module": session.module,
        "session_title": sheet.title if sheet else title_in_cycle(session, current_language()),
    }


def unavailable(request: HttpRequest, session: Session, reason: Refusal) -> HttpResponse:
    """Answers 410 with a page that says what happened and where to go on."""
    return TemplateResponse(request, "trainings/enrol_unavailable.html", form_context(session) | {"reason": reason.value}, status=410)
