"""A coordinator's steps on a request. GET shows the effect, POST acts."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log

from core import clock
from core.backoffice.confirm import ConfirmView
from core.backoffice.next_step import Gap
from core.backoffice.permissions import staff
from core.backoffice.screens import ListingScreen
from core.backoffice.versions.views import VersionedFormMixin
from trainings.backoffice.payment.actions import REFUSALS as PAYMENT_REFUSALS
from trainings.backoffice.payment.forms import PartyForm
from trainings.backoffice.payment.gaps import payment_gaps
from trainings.backoffice.permissions import ADD_SESSIONS, HANDLE_REQUESTS, REQUEST_PAYMENTS
from trainings.backoffice.requests.base import RequestActionView
from trainings.backoffice.requests.forms import NeedsForm, NoteRequestForm, OwnerForm, PlanForm, ProposalForm, ReasonForm
from trainings.models import Payer, ProposalPart, TrainingRequest
from trainings.models.money import euros
from trainings.payment.request import CannotRequest
from trainings.requests.bill import amounts_of, bill_request
from trainings.requests.plan import plan_request
from trainings.requests.proposals import send_proposal, write_proposal
from trainings.requests.receive import receive_request
from trainings.requests.selectors import current_proposal, draft_of, parts_of
from trainings.requests.steps import ask_for_needs, assign_owner, decline_request, send_again, withdraw_request


class NoteRequestView(ListingScreen, ConfirmView):
    """Somebody asks for a training on the phone."""

    model = TrainingRequest
    viewset_name = "trainings_requests"
    permission = HANDLE_REQUESTS
    form_class: Any = NoteRequestForm
    page_title = gettext_lazy("Note a request by phone")
    action_label = gettext_lazy("Note the request")
    header_icon = "mail"

    def get_initial(self) -> dict[str, Any]:
        return {"language": "fr"}

    def effects(self) -> list[str]:
        return [
            _("The contact person gets a mail with the link by which she follows it. You are in charge."),
            _("Please write nothing about the people they support."),
        ]

    def form_valid(self, form: Any) -> HttpResponse:
        user = staff(self.request)
        request = receive_request(data=form.request_data(), now=clock.now(), by=user)
        log(request, "trainings.note_request", user=user, title=request.reference)
        messages.success(self.request, _("The request is noted and the contact person has her link."))
        return redirect(reverse("trainings_requests:inspect", args=[request.pk]))


class AssignRequestView(VersionedFormMixin, RequestActionView):
    """Who looks after it."""

    action_label = gettext_lazy("Put in charge")
    page_title = gettext_lazy("Who is in charge")
    form_class = OwnerForm
    log_action = "trainings.assign_request"
    done = gettext_lazy("It is noted who is in charge.")

    def get_initial(self) -> dict[str, Any]:
        return {"owner": self.object.owner_id or staff(self.request).pk}

    def effects(self) -> list[str]:
        return [_("News of the contact person go to who is in charge. Nobody gets a mail now.")]

    def step(self, form: Any) -> None:
        assign_owner(request=self.object, owner=form.cleaned_data["owner"])


class AskForNeedsView(RequestActionView):
    """The contact person tells what the team needs."""

    action_label = gettext_lazy("Ask what the team needs")
    form_class = NeedsForm
    log_action = "trainings.ask_for_needs"
    done = gettext_lazy("The contact person is asked what the team needs.")

    def effects(self) -> list[str]:
        return [self.mail_notice(), _("It leads to a page on which she tells what the team needs. Then it is our turn.")]

    def step(self, form: Any) -> None:
        ask_for_needs(request=self.object, questionnaire=form.cleaned_data["questionnaire"], now=clock.now(), by=staff(self.request))


class WriteProposalView(VersionedFormMixin, RequestActionView):
    """The draft of the next version."""

    action_label = gettext_lazy("Save the draft")
    page_title = gettext_lazy("Write a proposal")
    form_class = ProposalForm
    log_action = "trainings.write_proposal"
    done = gettext_lazy("The draft is saved. Read its PDF, then send it.")

    def get_form_kwargs(self) -> dict[str, Any]:
        latest = draft_of(self.object) or current_proposal(self.object)
        return super().get_form_kwargs() | {"request": self.object, "latest": latest}

    def effects(self) -> list[str]:
        return [_("Nothing leaves yet: the draft is read as PDF and sent from the page of the request.")]

    def step(self, form: Any) -> None:
        write_proposal(request=self.object, data=form.proposal_data())


class SendProposalView(RequestActionView):
    """The draft leaves, and is frozen."""

    action_label = gettext_lazy("Send the proposal")
    log_action = "trainings.send_proposal"
    done = gettext_lazy("The proposal is sent.")

    def effects(self) -> list[str]:
        kept = _("This version does not change any more; earlier ones stay readable. Changes make a new version.")
        return [self.mail_notice(), kept]

    def step(self, form: Any) -> None:
        send_proposal(request=self.object, now=clock.now(), today=clock.today(), by=staff(self.request))


class PlanRequestView(RequestActionView):
    """The accepted proposal becomes in-house sessions."""

    permission = ADD_SESSIONS
    action_label = gettext_lazy("Plan the sessions")
    form_class = PlanForm
    log_action = "trainings.plan_request"
    done = gettext_lazy("The sessions are planned and the contact person is told.")

    @cached_property
    def parts(self) -> list[ProposalPart]:
        proposal = current_proposal(self.object)
        return parts_of(proposal) if proposal else []

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.object, "parts": self.parts}

    def effects(self) -> list[str]:
        return [
            _("An in-house session is made for each training of the proposal. It is in no catalogue: only those who have its link enrol."),
            self.mail_notice() + " " + _("It holds dates, place, and the way to give the names of the people."),
        ]

    def step(self, form: Any) -> None:
        plan_request(request=self.object, data=form.plan_data(), now=clock.now(), by=staff(self.request))


class BillRequestView(RequestActionView):
    """The organisation is asked for what was agreed."""

    permission = REQUEST_PAYMENTS
    action_label = gettext_lazy("Send the payment request")
    page_title = gettext_lazy("Ask for payment")
    form_class = PartyForm
    log_action = "trainings.request_payment"
    done = gettext_lazy("The payment request is sent.")
    refusals: ClassVar = RequestActionView.refusals | {CannotRequest: lambda refusal: PAYMENT_REFUSALS[refusal.reason]}

    def effects(self) -> list[str]:
        lines = [f"{each.description}: {euros(each.cents)}" for each in amounts_of(self.object)]
        return [*lines, _("The request gets the next number and goes out by mail.")]

    def gaps(self) -> list[Gap]:
        return payment_gaps()

    def get_initial(self) -> dict[str, Any]:
        request = self.object
        return {"payer": Payer.ORGANISATION, "name": request.organisation_name, "email": request.email, "language": request.language}

    def step(self, form: Any) -> None:
        language = form.cleaned_data["language"]
        bill_request(request=self.object, party=form.party(), language=language, now=clock.now(), by=staff(self.request))


class SendAgainView(RequestActionView):
    """The contact person has lost her link."""

    action_label = gettext_lazy("Send the mail again")
    log_action = "trainings.resend_mail"
    done = gettext_lazy("The mail is sent again.")

    def effects(self) -> list[str]:
        return [self.mail_notice()]

    def step(self, form: Any) -> None:
        send_again(request=self.object, now=clock.now())


class DeclineRequestView(RequestActionView):
    """We cannot give it."""

    action_label = gettext_lazy("Decline the request")
    is_destructive = True
    form_class = ReasonForm
    log_action = "trainings.decline_request"
    done = gettext_lazy("The request is declined and the contact person is told.")

    def effects(self) -> list[str]:
        return [self.mail_notice(), _("It cannot be undone.")]

    def step(self, form: Any) -> None:
        decline_request(request=self.object, reason=form.cleaned_data["reason"], now=clock.now(), by=staff(self.request))


class WithdrawRequestView(RequestActionView):
    """The organisation told us that it does not want it any more."""

    action_label = gettext_lazy("Note as withdrawn")
    is_destructive = True
    form_class = ReasonForm
    log_action = "trainings.withdraw_request"
    done = gettext_lazy("The request is noted as withdrawn and the contact person is told.")

    def effects(self) -> list[str]:
        return [self.mail_notice(), _("It cannot be undone.")]

    def step(self, form: Any) -> None:
        withdraw_request(request=self.object, reason=form.cleaned_data["reason"], now=clock.now(), by=staff(self.request))
