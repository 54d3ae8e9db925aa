"""A request: the form, and the pages behind the mailed link. GET shows, POST acts."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core import clock
from core.languages import current_language
from core.lifecycle.transitions import TransitionNotAllowed
from core.views.private import link_unknown
from core.views.token import TokenActionView, TokenView
from core.web.throttle import count_document
from trainings.models import TrainingRequest
from trainings.models.requests import RequestStatus
from trainings.requests.document import proposal_pdf
from trainings.requests.forms import ChangesForm, NeedsForm, RequestForm, WithdrawForm
from trainings.requests.proposals import CannotPropose, ProposalRefusal, accept_proposal
from trainings.requests.receive import receive_request
from trainings.requests.selectors import answers_of, current_proposal, parts_of, request_by_token, sessions_of
from trainings.requests.steps import TELLING, SessionsStand, ask_for_changes, tell_needs, withdraw_request
from trainings.requests.words import step_of, subject_of
from trainings.sessions.titles import session_title

# By its link a request is withdrawn until it is planned; then people are in its sessions.
WITHDRAWABLE = (*TELLING, RequestStatus.PROPOSAL, RequestStatus.ACCEPTED)
REFUSALS = {
    ProposalRefusal.OUT_OF_DATE: gettext_lazy("This proposal is out of date. Ask us for a new version."),
    ProposalRefusal.OTHER_VERSION: gettext_lazy("There is a newer version of this proposal. Please read that one first."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def request_training(request: HttpRequest) -> HttpResponse:
    """The form. Each sheet of the catalogue leads here, its module filled in."""
    initial = {"module": request.GET.get("module", "")}
    form = RequestForm(request.POST if request.method == "POST" else None, request=request, initial=initial)
    if form.is_bound and form.is_valid():
        receive_request(data=form.request_data(), now=form.now)
        return redirect(f"{reverse('trainings:request_training')}?sent=1")
    context = {"form": form, "was_sent": "sent" in request.GET and not form.is_bound}
    return TemplateResponse(request, "trainings/requests/ask.html", context, status=422 if form.errors else 200)


class RequestView(TokenView[TrainingRequest]):
    """Where the request stands: the page of the contact person."""

    template_name = "trainings/requests/follow.html"

    def find(self, token: str) -> TrainingRequest | None:
        return request_by_token(token)

    def get_context(self) -> dict[str, Any]:
        step = step_of(self.row, now=clock.now())
        proposal = current_proposal(self.row)
        return {
            "training_request": self.row,
            "step": step,
            "action_url": reverse(f"trainings:{step.view}", args=step.args) if step.label else "",
            "subject": subject_of(self.row),
            "proposal": proposal,
            "answers": answers_of(self.row),
            "versions": self.row.proposals.filter(sent_at__isnull=False).order_by("-version"),
            "sessions": [(session_title(each, current_language()), each) for each in sessions_of(self.row)],
            "transitions": self.row.transitions.all(),
            "can_withdraw": self.row.status in WITHDRAWABLE,
        }

    def follow(self) -> HttpResponse:
        """Back to the page of the request."""
        return redirect("trainings:follow_request", token=self.token)


class RequestActionView(RequestView, TokenActionView[TrainingRequest]):
    """A page with one form; too late, it leads back to the page that says so."""

    statuses: tuple[str, ...] = ()

    def get_context(self) -> dict[str, Any]:
        """The page only asks."""
        return {"training_request": self.row, "subject": subject_of(self.row)}

    def instead_of_form(self) -> HttpResponse | None:
        return None if self.row.status in self.statuses else self.follow()


class TellNeedsView(RequestActionView):
    """What the team needs."""

    template_name = "trainings/requests/needs.html"
    form_class = NeedsForm
    statuses = TELLING

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"message": self.row.needs}}

    def act(self, form: Any) -> HttpResponse:
        try:
            tell_needs(request=self.row, needs=form.cleaned_data["message"], now=form.now)
            messages.success(self.request, _("Thank you. We have your answers."))
        except TransitionNotAllowed:
            pass  # a coordinator was quicker: the page says what is next
        return self.follow()


class ProposalView(RequestView):
    """One version on a page, with the PDF beside it; the latest one can be accepted."""

    template_name = "trainings/requests/proposal.html"

    def get_context(self) -> dict[str, Any]:
        return {
            "training_request": self.row,
            "subject": subject_of(self.row),
            "proposal": self.proposal,
            "words": self.proposal.document,
            "is_current": self.proposal == current_proposal(self.row),
            "can_answer": self.row.status == RequestStatus.PROPOSAL and self.proposal.valid_until >= clock.today(),
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = self.row.proposals.filter(sent_at__isnull=False, version=kwargs["version"]).first()
        if found is None:
            return link_unknown(request)
        self.proposal = found
        return self.answer()

    def answer(self) -> HttpResponse:
        return self.page()


class ProposalPdfView(ProposalView):
    """The document, as it was sent."""

    def answer(self) -> HttpResponse:
        count_document(self.request)
        name = f"smes-{self.row.reference}-{self.proposal.version}.pdf"
        headers = {"Content-Disposition": f'inline; filename="{name}"'}
        return HttpResponse(proposal_pdf(self.proposal, today=clock.today()), content_type="application/pdf", headers=headers)


class AcceptProposalView(RequestActionView):
    """Asks once more, then accepts the very version that was read."""

    template_name = "trainings/requests/accept.html"
    statuses = (RequestStatus.PROPOSAL,)

    def get_context(self) -> dict[str, Any]:
        proposal = current_proposal(self.row)
        return super().get_context() | {"proposal": proposal, "parts": parts_of(proposal) if proposal else []}

    def act(self, form: Any) -> HttpResponse:
        version = int(self.kwargs["version"])
        try:
            accept_proposal(request=self.row, version=version, now=form.now, today=clock.today())
        except CannotPropose as refusal:
            messages.error(self.request, str(REFUSALS[refusal.reason]))
        except TransitionNotAllowed:
            pass  # withdrawn in another tab: the page says so
        return self.follow()


class AskForChangesView(RequestActionView):
    """The proposal is not right yet."""

    template_name = "trainings/requests/changes.html"
    form_class = ChangesForm
    statuses = (RequestStatus.PROPOSAL,)

    def act(self, form: Any) -> HttpResponse:
        with suppress(TransitionNotAllowed):
            ask_for_changes(request=self.row, wish=form.cleaned_data["message"], now=form.now)
        return self.follow()


class WithdrawRequestView(RequestActionView):
    """The organisation does not want it any more."""

    template_name = "trainings/requests/withdraw.html"
    form_class = WithdrawForm
    statuses = WITHDRAWABLE

    def act(self, form: Any) -> HttpResponse:
        with suppress(TransitionNotAllowed, SessionsStand):
            withdraw_request(request=self.row, reason=form.cleaned_data["message"], now=form.now)
        return self.follow()
