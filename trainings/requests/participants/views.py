"""The list of participants behind the link of a request: who is in, who is added, and the link to share."""

from typing import Any

from django.http import HttpResponse
from django.utils.functional import cached_property

from core import clock
from core.languages import current_language
from core.views.private import link_unknown
from core.web.absolute_urls import absolute_url
from trainings.enrolment.enrol import CannotEnrol, why_closed
from trainings.enums import SessionStatus
from trainings.models import Session
from trainings.requests.forms import PeopleForm
from trainings.requests.participants.enrol_list import MOST_LINES, TooManyLines, enrol_people, left_over
from trainings.requests.participants.words import report_of
from trainings.requests.selectors import sessions_of
from trainings.requests.views import RequestActionView
from trainings.sessions.titles import session_title


class RequestPeopleView(RequestActionView):
    """One session of the request: the first, or the one the reader chose."""

    template_name = "trainings/requests/people.html"
    form_class = PeopleForm

    @cached_property
    def sessions(self) -> list[Session]:
        return [each for each in sessions_of(self.row) if each.status != SessionStatus.CANCELLED]

    @property
    def chosen(self) -> list[Session]:
        """Those the URL leads to: one by its reference, or all."""
        reference = self.kwargs.get("reference")
        return [each for each in self.sessions if reference in {None, each.reference}]

    @property
    def session(self) -> Session:
        """Asked for only where there is one: `instead_of_form` answers otherwise."""
        return self.chosen[0]

    def instead_of_form(self) -> HttpResponse | None:
        if self.chosen:
            return None
        return link_unknown(self.request) if self.kwargs.get("reference") else self.follow()

    def get_context(self) -> dict[str, Any]:
        session = self.session
        language = current_language()
        enrolled = session.enrolments.active().known().order_by("name", "pk")
        return super().get_context() | {
            "session": session,
            "session_title": session_title(session, language),
            "others": [(each, session_title(each, language)) for each in self.sessions if each != session],
            "enrolled": enrolled,
            "is_closed": why_closed(session, clock.now()) is not None,
            "share_url": absolute_url("trainings:enrol", session.reference, language=self.row.language),
        }

    def act(self, form: Any) -> HttpResponse:
        try:
            outcomes = enrol_people(request=self.row, session=self.session, text=form.cleaned_data["message"], now=form.now)
        except TooManyLines:
            return self.page(form=form, status=422, too_many=MOST_LINES)
        except CannotEnrol:
            return self.page(form=form, status=410)
        left = left_over(outcomes)
        again = PeopleForm(request=self.request, initial={"message": left})
        return self.page(form=again, report=report_of(outcomes), has_left=bool(left))
