"""The manage link of a mail: whoever holds it sees one enrolment, changes it or cancels it. GET shows, POST acts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core import clock
from core.languages import current_language
from core.views.token import TokenActionView, TokenView
from trainings.enrolment.announce import calendar_download
from trainings.enrolment.cancel import CannotCancel, cancel_enrolment
from trainings.enrolment.enrol import change_enrolment
from trainings.enrolment.forms import EnrolmentChangesForm
from trainings.enrolment.offers.answer import is_open
from trainings.enrolment.selectors import enrolment_with_session, offer_until
from trainings.enums import EnrolmentStatus, Phase
from trainings.models import Enrolment
from trainings.sessions.seat_counts import can_be_changed, waiting_rank
from trainings.sessions.seat_words import SeatWords
from trainings.sessions.titles import page_for_module

SHOWN = "trainings/manage_enrolment.html"


class EnrolmentView(TokenView[Enrolment]):
    """The person's status, and what she can do."""

    template_name = SHOWN

    def find(self, token: str) -> Enrolment | None:
        return enrolment_with_session(token)

    def get_context(self) -> dict[str, Any]:
        session = self.row.session
        sheet = page_for_module(session.module, current_language()) if session.module else None
        certificate = getattr(self.row, "certificate", None)
        now = clock.now()
        rules = SeatWords(session, now, is_held_back=self.row.is_held_back, group=self.row.group)
        return {
            "has_offer": self.row.status in {EnrolmentStatus.OFFERED, EnrolmentStatus.LAPSED} and session.phase(now) == Phase.TO_COME,
            "is_offer_open": is_open(self.row, now),
            "offer_until": offer_until(self.row),
            "rules": rules,
            "enrolment": self.row,
            "session": session,
            "phase": session.phase(now),
            "is_seat_free": rules.promises(session.free_seats),
            "somebody_waits": session.waiting_count > 0,
            "module": session.module,
            "sheet": sheet,
            "session_title": sheet.title if sheet else session.name,
            "rank": waiting_rank(self.row) if self.row.status == EnrolmentStatus.WAITING else 0,
            "can_change": can_be_changed(self.row, now),
            "certificate": certificate if certificate and not certificate.revoked_at else None,
        }


class EnrolmentActionView(EnrolmentView, TokenActionView[Enrolment]):
    """An action on the enrolment, until its latest meeting is over."""

    def instead_of_form(self) -> HttpResponse | None:
        return None if can_be_changed(self.row, clock.now()) else self.too_late()

    def too_late(self) -> HttpResponse:
        return self.page(template=SHOWN, status=410, came_too_late=True)

    def done(self) -> HttpResponse:
        return redirect("trainings:manage_enrolment", token=self.token)


class ChangeEnrolmentView(EnrolmentActionView):
    """Corrects the person's details."""

    template_name = "trainings/change_enrolment.html"
    form_class = EnrolmentChangesForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"enrolment": self.row}

    def act(self, form: Any) -> HttpResponse:
        change_enrolment(enrolment=self.row, changes=form.changes(), now=form.now)
        messages.success(self.request, _("Your details are changed."))
        return self.done()


class CancelEnrolmentView(EnrolmentActionView):
    """Asks once more, then frees the seat. Pressed twice, it stays cancelled."""

    template_name = "trainings/cancel_enrolment.html"

    def instead_of_form(self) -> HttpResponse | None:
        if self.request.method == "POST" and self.row.status == EnrolmentStatus.CANCELLED:
            return self.done()
        return super().instead_of_form()

    def act(self, form: Any) -> HttpResponse:
        try:
            cancel_enrolment(enrolment=self.row, now=form.now)
        except CannotCancel:
            return self.too_late()
        return self.done()


class EnrolmentCalendarView(EnrolmentView):
    """The calendar file: current meetings, and cancellations of those that no longer apply."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content = calendar_download(self.row, now=clock.now())
        if content is None:
            return redirect("trainings:manage_enrolment", token=self.token)
        filename = f"smes-{self.row.session.reference.lower()}.ics"
        return HttpResponse(
            content, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{filename}"'}
        )
