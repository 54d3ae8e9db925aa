"""A person confirms that she is there: by the code she scanned, or on her own page. GET shows, POST acts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from core import clock
from core.languages import current_language
from core.views.private import link_unknown, private_page
from core.views.token import TokenActionView
from trainings.attendance.check_in.codes import is_right
from trainings.attendance.check_in.forms import CheckInCodeForm, CheckInForm
from trainings.attendance.check_in.selectors import expected, meeting_to_check_in, open_meeting_of
from trainings.attendance.check_in.services import CheckedIn, check_in
from trainings.enrolment.selectors import enrolment_with_session
from trainings.models import CheckIn, Enrolment, Meeting
from trainings.sessions.titles import session_title

PAGE = "trainings/check_in/page.html"


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def check_in_by_code(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """The page a scanned code opens. The code must be right when the page is opened; the form carries a signed proof of that."""
    meeting = meeting_to_check_in(number)
    if meeting is None or meeting.session.check_in == CheckIn.NONE:
        return link_unknown(request)
    context = {"meeting": meeting, "session_title": session_title(meeting.session, current_language())}
    now = clock.now()
    if request.method != "POST":
        if not is_right(meeting, code, now):
            return TemplateResponse(request, PAGE, context | {"is_over": True}, status=410)
        return TemplateResponse(request, PAGE, context | {"form": CheckInForm(request=request, meeting=meeting)})
    form = CheckInForm(request.POST, request=request, meeting=meeting)
    if not form.is_valid():
        return TemplateResponse(request, PAGE, context | {"form": form}, status=422)
    enrolment = expected(meeting, form.cleaned_data["email"])
    told = check_in(enrolment=enrolment, meeting=meeting, now=now) if enrolment else CheckedIn.NOT_EXPECTED
    return TemplateResponse(request, PAGE, context | {"told": told.value})


class CheckInView(TokenActionView[Enrolment]):
    """The same behind the manage link: whoever holds it types the code she sees."""

    template_name = PAGE
    form_class = CheckInCodeForm

    def find(self, token: str) -> Enrolment | None:
        return enrolment_with_session(token)

    @property
    def meeting(self) -> Meeting | None:
        return open_meeting_of(self.row, clock.now())

    def get_context(self) -> dict[str, Any]:
        return {"meeting": self.meeting, "session_title": session_title(self.row.session, current_language()), "enrolment": self.row}

    def form_kwargs(self) -> dict[str, Any]:
        return {"meeting": self.meeting}

    def instead_of_form(self) -> HttpResponse | None:
        return self.page(is_over=True, status=410) if self.meeting is None else None

    def act(self, form: Any) -> HttpResponse:
        return self.page(told=check_in(enrolment=self.row, meeting=form.meeting, now=form.now).value)
