"""What a request needs from us next, and what is wrong with it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.backoffice.next_step import Gap, NextStep
from trainings.backoffice.permissions import HANDLE_REQUESTS, REQUEST_PAYMENTS
from trainings.models import TrainingRequest
from trainings.models.requests import RequestStatus, Turn
from trainings.requests.bill import BILLABLE, amounts_of
from trainings.requests.selectors import draft_of


def next_step_of(request: TrainingRequest, user: Any) -> NextStep | None:
    """Ask for the needs, write or send a proposal, plan, ask for payment: the first that is ours."""
    if not user.has_perm(HANDLE_REQUESTS):
        return None
    if request.status == RequestStatus.ACCEPTED:
        return _action(_("Plan the sessions"), "plan_request", request, "date")
    if can_bill(request, user):
        is_due = any(each.cents for each in amounts_of(request))
        return _action(_("Ask for payment"), "bill_request", request, "doc-full") if is_due else None
    if request.status not in {RequestStatus.RECEIVED, RequestStatus.ANALYSIS, RequestStatus.PROPOSAL}:
        return None
    if draft_of(request) is not None:
        return _action(_("Send the proposal"), "send_proposal", request, "mail")
    if request.status == RequestStatus.RECEIVED and not request.needs:
        return _action(_("Ask what the team needs"), "ask_for_needs", request, "help")
    if request.turn != Turn.OURS:
        return None
    return _action(_("Write a proposal"), "write_proposal", request, "edit")


def can_bill(request: TrainingRequest, user: Any) -> bool:
    """Whether the organisation can be asked for what was agreed: once, by whoever sends payment requests."""
    return request.status in BILLABLE and request.payment_request is None and bool(user.has_perm(REQUEST_PAYMENTS))


def gaps_of(request: TrainingRequest) -> list[Gap]:
    """Nobody in charge; a proposal nobody can accept any more."""
    gaps = []
    if request.is_open and request.owner_id is None:
        url = reverse("trainings_backoffice:assign_request", args=[request.pk])
        gaps.append(Gap(text=_("Nobody is in charge of this request."), url=url))
    if _is_out_of_date(request):
        url = reverse("trainings_backoffice:write_proposal", args=[request.pk])
        gaps.append(Gap(text=_("The proposal is out of date: nobody can accept it any more."), url=url))
    return gaps


def _is_out_of_date(request: TrainingRequest) -> bool:
    return request.status == RequestStatus.PROPOSAL and request.valid_until is not None and request.valid_until < clock.today()


def _action(label: str, name: str, request: TrainingRequest, icon: str) -> NextStep:
    return NextStep(label=label, url=reverse(f"trainings_backoffice:{name}", args=[request.pk]), icon=icon)
