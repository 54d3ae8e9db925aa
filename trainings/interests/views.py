"""'Tell me when a date exists': ask, confirm by mail, withdraw. GET shows, POST acts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from core.forms import ConfirmForm
from core.views.private import link_unknown, private_page
from trainings.interests import services as interests
from trainings.interests.forms import InterestForm
from trainings.models import Interest, Module
from trainings.sessions.titles import page_for_module


@require_http_methods(["GET", "HEAD", "POST"])
def register_interest(request: HttpRequest, number: int) -> HttpResponse:
    """One field. The answer is the same whether the address was known or not."""
    language = get_language() or "fr"
    module = Module.objects.filter(number=number).first()
    sheet = page_for_module(module, language) if module else None
    if module is None or sheet is None:
        return link_unknown(request)
    form = InterestForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        interests.register_interest(module=module, email=form.cleaned_data["email"], language=language, now=form.now)
        return redirect(f"{reverse('trainings:register_interest', args=[number])}?sent=1")
    context = {"module": module, "sheet": sheet, "form": form, "was_sent": "sent" in request.GET and not form.is_bound}
    return TemplateResponse(request, "trainings/register_interest.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def confirm_interest(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: a mail scanner that follows it confirms nothing, the button does."""
    interest = _interest(token)
    if interest is None:
        return link_unknown(request)
    form = ConfirmForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        interests.confirm_interest(interest=interest, now=form.now)
        return redirect("trainings:confirm_interest", token=token)
    return TemplateResponse(request, "trainings/confirm_interest.html", _context(interest) | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def withdraw_interest(request: HttpRequest, token: str) -> HttpResponse:
    """No further word about this module; the address is erased with the wish."""
    interest = _interest(token)
    if interest is None:
        return link_unknown(request)
    form = ConfirmForm(request.POST if request.method == "POST" else None, request=request)
    context = _context(interest) | {"form": form}
    if form.is_bound and form.is_valid():
        interests.withdraw_interest(interest=interest)
        return TemplateResponse(request, "trainings/withdraw_interest.html", context | {"is_done": True})
    return TemplateResponse(request, "trainings/withdraw_interest.html", context)


def _interest(token: str) -> Interest | None:
    return Interest.objects.select_related("module").filter(token=token).first()


def _context(interest: Interest) -> dict[str, object]:
    """The module by the title of its sheet; by its own name where the reader's language has none (any more)."""
    module = interest.module
    sheet = page_for_module(module, get_language() or "fr")
    return {"interest": interest, "module": module, "sheet": sheet, "module_title": sheet.title if sheet else module.name}
