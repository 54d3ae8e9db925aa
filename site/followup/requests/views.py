"""A request for support: the form, and the pages behind the mailed link. GET shows, POST acts."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.lifecycle.transitions import TransitionNotAllowed
from core.views.token import TokenActionView, TokenView
from followup.enums import OPEN_REQUESTS, Pillar
from followup.models import Request
from followup.requests.forms import SupportForm, WithdrawForm
from followup.requests.receive import receive_request
from followup.requests.selectors import request_by_token
from followup.requests.steps import withdraw_by_link
from followup.requests.words import standing_of, subject_of


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_support(request: HttpRequest) -> HttpResponse:
    """The form. The pages of the three pillars lead here, each with its own chosen."""
    wanted = request.GET.get("for", "")
    initial = {"pillar": wanted} if wanted in Pillar.values else {}
    form = SupportForm(request.POST if request.method == "POST" else None, request=request, initial=initial)
    if form.is_bound and form.is_valid():
        sent = receive_request(data=form.request_data(), now=form.now)
        return redirect(f"{reverse('followup:ask_for_support')}?sent={sent.reference}")
    reference = request.GET.get("sent", "")
    was_sent = not form.is_bound and len(reference) == 8 and reference.isalnum()
    context = {"form": form, "reference": reference if was_sent else ""}
    return TemplateResponse(request, "followup/requests/ask.html", context, status=422 if form.errors else 200)


class RequestView(TokenView[Request]):
    """Where the request stands: the page of the contact person."""

    template_name = "followup/requests/follow.html"

    def find(self, token: str) -> Request | None:
        return request_by_token(token)

    def get_context(self) -> dict[str, Any]:
        return {
            "support_request": self.row,
            "standing": standing_of(self.row),
            "subject": subject_of(self.row),
            "transitions": self.row.transitions.all(),
            "can_withdraw": self.row.status in OPEN_REQUESTS,
        }


class WithdrawView(RequestView, TokenActionView[Request]):
    """The contact person does not need us any more."""

    template_name = "followup/requests/withdraw.html"
    form_class = WithdrawForm

    def instead_of_form(self) -> HttpResponse | None:
        return None if self.row.status in OPEN_REQUESTS else self.follow()

    def act(self, form: Any) -> HttpResponse:
        with suppress(TransitionNotAllowed):
            withdraw_by_link(request=self.row, now=form.now)
        return self.follow()

    def follow(self) -> HttpResponse:
        """Back to the page of the request, which says what is true now."""
        return redirect("followup:follow_request", token=self.token)
