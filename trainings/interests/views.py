"""'Tell me when a date is set': register an interest, confirm it by mail, withdraw it. GET shows, POST acts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.languages import current_language
from core.views.private import link_unknown
from core.views.token import TokenActionView
from trainings.interests import services as interests
from trainings.interests.forms import InterestForm
from trainings.models import Interest, Module
from trainings.sessions.titles import page_for_module


@require_http_methods(["GET", "HEAD", "POST"])
def register_interest(request: HttpRequest, number: int) -> HttpResponse:
    """A form of one field. The answer is the same whether the email was known or not."""
    language = current_language()
    module = Module.objects.filter(number=number).first()
    sheet = page_for_module(module, language) if module else None
    if module is None or sheet is None:
        return link_unknown(request)
    form = InterestForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        interests.register_interest(module=module, language=language, now=form.now, **form.wish())
        return redirect(f"{reverse('trainings:register_interest', args=[number])}?sent=1")
    context = {"module": module, "sheet": sheet, "form": form, "was_sent": "sent" in request.GET and not form.is_bound}
    return TemplateResponse(request, "trainings/register_interest.html", context, status=422 if form.errors else 200)


class InterestView(TokenActionView[Interest]):
    """An interest by the link of its mail. The module goes by the title of its page, or by its own name where no page exists (any more)."""

    def find(self, token: str) -> Interest | None:
        return Interest.objects.select_related("module").filter(token=token).first()

    def get_context(self) -> dict[str, Any]:
        module = self.row.module
        sheet = page_for_module(module, current_language())
        return {"interest": self.row, "module": module, "sheet": sheet, "module_title": sheet.title if sheet else module.name}


class ConfirmInterestView(InterestView):
    """Confirms the email."""

    template_name = "trainings/confirm_interest.html"

    def act(self, form: Any) -> HttpResponse:
        interests.confirm_interest(interest=self.row, now=form.now)
        return redirect("trainings:confirm_interest", token=self.token)


class WithdrawInterestView(InterestView):
    """No further mail about this module; the email is erased with the interest."""

    template_name = "trainings/withdraw_interest.html"

    def act(self, form: Any) -> HttpResponse:
        interests.withdraw_interest(interest=self.row)
        return self.page(form=form, is_done=True)
