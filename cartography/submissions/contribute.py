"""Propose a place, say that something is wrong, ask for the link to one's own record. GET shows, POST acts."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from cartography.enums import SubmissionKind
from cartography.models import Place, Submission
from cartography.places.selectors import map_page
from cartography.submissions import services as submissions
from cartography.submissions.forms import LinkForm, ProposalForm, ReportForm
from core.forms import ConfirmForm
from core.views.private import link_unknown, private_page

REFERENCE = re.compile(r"^[A-Z0-9]{8}$")


def _language() -> str:
    return (get_language() or "fr")[:2]


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """One page. Nothing is seen by anybody before the sender confirmed and a person decided."""
    form = ProposalForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        submissions.propose_place(
            data=form.place_data(),
            email=form.cleaned_data["email"],
            comment=form.cleaned_data["comment"],
            language=_language(),
            now=form.now,
        )
        return redirect(f"{reverse('cartography:propose')}?sent=1")
    context = {"form": form, "was_sent": "sent" in request.GET and not form.is_bound, "map_page": map_page(_language())}
    return TemplateResponse(request, "cartography/propose.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def confirm_proposal(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: a scanner that follows it confirms nothing, the button does."""
    submission = Submission.objects.filter(token=token, kind=SubmissionKind.PROPOSAL).first()
    if submission is None:
        return link_unknown(request)
    form = ConfirmForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        submissions.confirm_submission(submission=submission, now=form.now)
        return redirect("cartography:confirm_proposal", token=token)
    return TemplateResponse(request, "cartography/confirm_proposal.html", {"submission": submission, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """'Something is wrong here', without an account. The answer is a reference."""
    place = _visible(slug)
    if place is None:
        return link_unknown(request)
    form = ReportForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("reason", "comment", "email")}
        sent = submissions.report_place(place=place, language=_language(), now=form.now, **answers)
        return redirect(f"{reverse('cartography:report', args=[slug])}?{urlencode({'reference': sent.reference})}")
    reference = request.GET.get("reference", "")
    context = {"place": place, "form": form, "reference": reference if REFERENCE.match(reference) and not form.is_bound else ""}
    return TemplateResponse(request, "cartography/report.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def request_edit_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Mails the service the link to its record. Whoever asks, the mail goes to the address the map shows, and nowhere else."""
    place = _visible(slug)
    if place is None:
        return link_unknown(request)
    form = LinkForm(request.POST if request.method == "POST" else None, request=request, address=place.email)
    if form.is_bound and form.is_valid() and place.email:
        submissions.send_edit_link(place=place, language=_language(), now=form.now)
        return redirect(f"{reverse('cartography:request_edit_link', args=[slug])}?sent=1")
    context = {"place": place, "form": form, "was_sent": "sent" in request.GET and not form.is_bound}
    return TemplateResponse(request, "cartography/request_edit_link.html", context, status=422 if form.errors else 200)


def _visible(slug: str) -> Place | None:
    found: Place | None = Place.objects.visible().select_related("sector").filter(slug=slug).first()
    return found
