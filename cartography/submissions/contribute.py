"""Propose a place, report an error, ask for the link to edit an organisation's own record. GET shows, POST acts."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from cartography.enums import SubmissionKind
from cartography.models import Place, Submission
from cartography.places.selectors import map_page
from cartography.submissions import services as submissions
from cartography.submissions.forms import LinkForm, ProposalForm, ReportForm
from core.languages import current_language
from core.views.private import link_unknown
from core.views.token import TokenActionView

REFERENCE = re.compile(r"^[A-Z0-9]{8}$")


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A form of one page. Nothing is published before the sender confirmed and a map editor decided."""
    form = ProposalForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        submissions.propose_place(
            data=form.place_data(),
            email=form.cleaned_data["email"],
            proposer=form.cleaned_data["proposer"],
            comment=form.cleaned_data["comment"],
            language=current_language(),
            now=form.now,
        )
        return redirect(f"{reverse('cartography:propose')}?sent=1")
    context = {"form": form, "was_sent": "sent" in request.GET and not form.is_bound, "map_page": map_page(current_language())}
    return TemplateResponse(request, "cartography/propose.html", context, status=422 if form.errors else 200)


class ConfirmProposalView(TokenActionView[Submission]):
    """Confirms the email of a proposal's sender."""

    template_name = "cartography/confirm_proposal.html"

    def find(self, token: str) -> Submission | None:
        return Submission.objects.filter(token=token, kind=SubmissionKind.PROPOSAL).first()

    def get_context(self) -> dict[str, Any]:
        return {"submission": self.row}

    def act(self, form: Any) -> HttpResponse:
        submissions.confirm_submission(submission=self.row, now=form.now)
        return redirect("cartography:confirm_proposal", token=self.token)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """'Something is wrong here', without an account. The sender gets a reference."""
    place = _visible(slug)
    if place is None:
        return link_unknown(request)
    form = ReportForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("reason", "comment", "email")}
        sent = submissions.report_place(place=place, language=current_language(), now=form.now, **answers)
        return redirect(f"{reverse('cartography:report', args=[slug])}?{urlencode({'reference': sent.reference})}")
    reference = request.GET.get("reference", "")
    context = {"place": place, "form": form, "reference": reference if REFERENCE.match(reference) and not form.is_bound else ""}
    return TemplateResponse(request, "cartography/report.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def request_edit_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Mails the organisation the link to its record. Whoever asks, it goes only to the email the map shows."""
    place = _visible(slug)
    if place is None:
        return link_unknown(request)
    form = LinkForm(request.POST if request.method == "POST" else None, request=request, email=place.email)
    if form.is_bound and form.is_valid() and place.email:
        submissions.send_edit_link(place=place, language=current_language(), now=form.now)
        return redirect(f"{reverse('cartography:request_edit_link', args=[slug])}?sent=1")
    context = {"place": place, "form": form, "was_sent": "sent" in request.GET and not form.is_bound}
    return TemplateResponse(request, "cartography/request_edit_link.html", context, status=422 if form.errors else 200)


def _visible(slug: str) -> Place | None:
    found: Place | None = Place.objects.visible().select_related("sector").filter(slug=slug).first()
    return found
