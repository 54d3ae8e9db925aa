"""The list of participants of an in-house session, and the PDF of a proposal, for coordinators."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.log_actions import log

from core import clock
from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.permissions import RequiresPermission, staff
from core.backoffice.screens import ObjectScreen
from trainings.backoffice.permissions import ADD_ENROLMENTS, VIEW_REQUESTS, sessions_for
from trainings.backoffice.refusals import ENROL_REFUSALS
from trainings.backoffice.requests.forms import ListForm
from trainings.enrolment.enrol import CannotEnrol
from trainings.models import Proposal, Session, TrainingRequest
from trainings.requests.document import proposal_pdf
from trainings.requests.participants.enrol_list import MOST_LINES, Outcome, TooManyLines, enrol_people, left_over
from trainings.requests.participants.words import report_of


class RequestPeopleView(ObjectScreen[Session], ConfirmView):
    """People typed or pasted; what became of each line is told on the same page, what was not understood stays in the box."""

    model = Session
    viewset_name = "trainings_sessions"
    permission = ADD_ENROLMENTS
    header_icon = "group"
    action_label = gettext_lazy("Add these people")
    template_name = "trainings/backoffice/request_people.html"
    form_class = ListForm

    def rows_for(self, user: Any) -> Any:
        rows = sessions_for(user).filter(proposal_part__isnull=False)
        return rows.select_related("module", "proposal_part__proposal__request__organisation")

    @cached_property
    def training_request(self) -> TrainingRequest:
        return self.object.proposal_part.proposal.request

    def effects(self) -> list[str]:
        return [_("Each person gets a seat, or a place on the waiting list, and a mail. Who is in the session already gets none.")]

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            outcomes = self._enrol(form.cleaned_data["people"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        again = ListForm(initial={"people": left_over(outcomes)})
        return self.render_to_response(self.get_context_data(form=again) | {"report": report_of(outcomes)})

    def _enrol(self, text: str) -> list[Outcome]:
        try:
            outcomes = enrol_people(request=self.training_request, session=self.object, text=text, now=clock.now(), by=staff(self.request))
        except TooManyLines as refusal:
            raise Refused(_("This list has more than %(most)s lines: send it in parts.") % {"most": MOST_LINES}) from refusal
        except CannotEnrol as refusal:
            raise Refused(str(ENROL_REFUSALS[refusal.reason])) from refusal
        log(self.object, "trainings.enrol_people", user=staff(self.request), title=str(self.object))
        return outcomes


class ProposalPdfView(RequiresPermission, View):
    """A version, or the draft as it would be sent today. Nothing is kept by a browser or a proxy."""

    permission = VIEW_REQUESTS
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        proposal = get_object_or_404(Proposal.objects.select_related("request"), pk=kwargs["pk"])
        content = proposal_pdf(proposal, today=clock.today())
        headers = {"Content-Disposition": f'inline; filename="smes-{proposal}.pdf"', "Cache-Control": "no-store"}
        return HttpResponse(content, content_type="application/pdf", headers=headers)
