"""The page of a doctor's number, behind the manage link."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.languages import current_language
from core.views.token import TokenActionView
from trainings.attendance.accreditation.forms import AccreditationNumberForm
from trainings.attendance.accreditation.numbers import shown
from trainings.attendance.accreditation.services import give_number, take_number_back
from trainings.enrolment.selectors import enrolment_with_session
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment
from trainings.sessions.titles import session_title


class AccreditationNumberView(TokenActionView[Enrolment]):
    """Gives the number, changes it or takes it back; a session that is not accredited has no such page."""

    template_name = "trainings/accreditation/number.html"
    form_class = AccreditationNumberForm

    def find(self, token: str) -> Enrolment | None:
        enrolment = enrolment_with_session(token)
        asks = enrolment is not None and enrolment.session.is_accredited and enrolment.status != EnrolmentStatus.CANCELLED
        return enrolment if asks else None

    def get_context(self) -> dict[str, Any]:
        return {"enrolment": self.row, "session_title": session_title(self.row.session, current_language())}

    def form_kwargs(self) -> dict[str, Any]:
        row = getattr(self.row, "accreditation_number", None)
        return {"initial": {"number": shown(row.number)} if row else {}}

    def act(self, form: Any) -> HttpResponse:
        if form.cleaned_data["number"]:
            give_number(enrolment=self.row, number=form.cleaned_data["number"], now=form.now)
            messages.success(self.request, _("Your RIZIV/INAMI number is kept for this session."))
        else:
            take_number_back(enrolment=self.row)
            messages.success(self.request, _("No RIZIV/INAMI number is kept."))
        return redirect("trainings:manage_enrolment", token=self.token)
