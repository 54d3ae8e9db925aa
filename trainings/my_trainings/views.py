"""My trainings: ask for the link, see all enrolments, have a mail again, take or erase one's data. GET shows, POST acts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.languages import current_language
from core.pages.in_language import page_in_language
from core.privacy.registry import of
from core.views.token import TokenActionView, TokenView
from core.web.ratelimit import may_write_again
from core.web.throttle import count_document
from trainings.enrolment.resend import resend_mail
from trainings.models import CataloguePage, Participant
from trainings.my_trainings import links
from trainings.my_trainings.forms import MyTrainingsForm
from trainings.my_trainings.selectors import my_trainings
from trainings.my_trainings.services import send_link

APP = "trainings"


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """A form of one field. The answer is the same whether the email is known or not."""
    form = MyTrainingsForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        send_link(email=form.cleaned_data["email"], language=current_language(), now=form.now)
        return redirect(f"{reverse('trainings:ask_for_my_trainings')}?sent=1")
    context = {"form": form, "was_sent": "sent" in request.GET and not form.is_bound, "days": links.VALID.days}
    return TemplateResponse(request, "trainings/my_trainings/ask.html", context, status=422 if form.errors else 200)


class MyTrainingsView(TokenView[Participant]):
    """All enrolments of the address; each leads to its own page, where it is changed or cancelled."""

    template_name = "trainings/my_trainings/list.html"

    def find(self, token: str) -> Participant | None:
        return links.read(token)

    def get_context(self) -> dict[str, Any]:
        catalogue = page_in_language(CataloguePage.objects.live(), current_language())
        return {"participant": self.row, "link": self.token, "trainings": my_trainings(self.row, now=clock.now()), "catalogue": catalogue}

    def list(self) -> HttpResponse:
        """Back to the page of all."""
        return redirect("trainings:my_trainings", token=self.token)


class MailAgainView(MyTrainingsView):
    """Sends the mail of one enrolment again: its status today, with the calendar file."""

    http_method_names = ["post"]  # noqa: RUF012 (Django's own attribute)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        enrolment = self.row.enrolments.filter(reference=kwargs["reference"]).first()
        now = clock.now()
        if enrolment is None:
            return self.list()
        if may_write_again(scope="mail_again", key=enrolment.reference, now=now):
            resend_mail(enrolment=enrolment, now=now)
            messages.success(request, _("The mail is on its way to %(email)s.") % {"email": self.row.email})
        else:
            messages.warning(request, _("We have just written to %(email)s. Look in the spam folder, too.") % {"email": self.row.email})
        return self.list()


class MyDataView(MyTrainingsView):
    """What the trainings know of the person, as a file (GDPR 15 and 20)."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count_document(request)
        held = of(APP)
        answer = JsonResponse(held.export(self.row.email), json_dumps_params={"indent": 2, "ensure_ascii": False})
        answer["Content-Disposition"] = 'attachment; filename="smes-my-data.json"'
        return answer


class EraseMyDataView(MyTrainingsView, TokenActionView[Participant]):
    """Asks once more, then forgets the person; seats still to come are given back."""

    template_name = "trainings/my_trainings/erase.html"

    def get_context(self) -> dict[str, Any]:
        """Without the enrolments: the page only asks."""
        return {"link": self.token}

    def act(self, form: Any) -> HttpResponse:
        of(APP).erase(self.row.email, now=form.now)
        return TemplateResponse(self.request, "trainings/my_trainings/erased.html", {})
