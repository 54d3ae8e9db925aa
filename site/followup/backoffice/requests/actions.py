"""A colleague's steps on a request. GET shows the effect, POST acts."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from core import clock
from core.backoffice.confirm import ConfirmView
from core.backoffice.permissions import staff
from core.backoffice.screens import ListingScreen
from core.backoffice.versions.views import VersionedFormMixin
from core.models import Organisation
from followup.backoffice.permissions import ADD_REQUESTS, OPEN_FILES
from followup.backoffice.requests.base import RequestActionView
from followup.backoffice.requests.forms import DayForm, FactsForm, NoteForm, OpenFileForm, OwnerForm, ReasonForm
from followup.enums import RequestStatus
from followup.files.open import open_file
from followup.models import Request
from followup.requests.receive import note_request
from followup.requests.steps import assign_owner, complete_request, take_step


class SuggestsOrganisations:
    """Names of the directory, suggested by the browser while somebody types."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"organisations": [each.name for each in Organisation.objects.order_by("name_fr")]}


class NoteRequestView(SuggestsOrganisations, ListingScreen, ConfirmView):
    """A request that came by phone, in under a minute."""

    model = Request
    viewset_name = "followup_requests"
    permission = ADD_REQUESTS
    header_icon = "help"
    template_name = "followup/backoffice/facts.html"
    page_title = gettext_lazy("Note a request")
    action_label = gettext_lazy("Save the request")
    form_class = NoteForm
    noted: Request | None = None

    def effects(self) -> list[str]:
        return [_("Whom it is for is enough to save; the rest can follow. Nobody gets a mail.")]

    def act(self, form: Any) -> str:
        by = staff(self.request)
        day = form.cleaned_data["received_on"]
        self.noted = note_request(data=form.request_data(), received_on=day, now=clock.now(), by=by)
        log(self.noted, "followup.note_request", user=by, title=self.noted.reference)
        return _("The request is noted: %(reference)s. You are in charge of it.") % {"reference": self.noted.reference}

    @property
    def back_url(self) -> str:
        return reverse("followup_requests:inspect", args=[self.noted.pk]) if self.noted else self.index_url


class AssignRequestView(VersionedFormMixin, RequestActionView):
    """Who looks after it."""

    action_label = gettext_lazy("Put in charge")
    page_title = gettext_lazy("Who is in charge")
    form_class = OwnerForm
    log_action = "followup.assign_request"
    done = gettext_lazy("It is noted who is in charge.")

    def get_initial(self) -> dict[str, Any]:
        return {"owner": self.object.owner_id or staff(self.request).pk}

    def step(self, form: Any) -> None:
        assign_owner(request=self.object, owner=form.cleaned_data["owner"])


class CompleteRequestView(SuggestsOrganisations, VersionedFormMixin, RequestActionView):
    """What the yearly figures ask for."""

    template_name = "followup/backoffice/facts.html"
    action_label = gettext_lazy("Save the facts")
    page_title = gettext_lazy("Complete the facts")
    form_class = FactsForm
    log_action = "followup.complete_request"
    done = gettext_lazy("The facts are saved.")

    def effects(self) -> list[str]:
        return [_("The yearly figures count by these facts. Nobody gets a mail.")]

    def get_initial(self) -> dict[str, Any]:
        row = self.object
        facts = {name: getattr(row, name) for name in ("organisation_name", "service", "reason", "origin")}
        return facts | {"sector": row.sector_id}

    def step(self, form: Any) -> None:
        complete_request(request=self.object, **form.facts())


class RequestStepView(RequestActionView):
    """A new status, on a day."""

    to: RequestStatus
    form_class = DayForm
    done = gettext_lazy("It is noted.")

    def effects(self) -> list[str]:
        return [_("Nobody gets a mail; the page of the contact person says it.")]

    def step(self, form: Any) -> None:
        answers = form.cleaned_data
        reason = answers.get("reason", "")
        take_step(request=self.object, to=self.to, now=clock.now(), by=staff(self.request), on=answers["day"], reason=reason)


class AnalyseView(RequestStepView):
    """Somebody has called back."""

    to = RequestStatus.ANALYSIS
    action_label = gettext_lazy("Begin the analysis")
    log_action = "followup.analyse_request"


class AdviseView(RequestStepView):
    """A call was enough."""

    to = RequestStatus.ADVICE_ONLY
    action_label = gettext_lazy("Advice was enough")
    log_action = "followup.advise_request"


class HoldView(RequestStepView):
    """It waits."""

    to = RequestStatus.ON_HOLD
    action_label = gettext_lazy("Put on hold")
    form_class = ReasonForm
    log_action = "followup.hold_request"


class DeclineView(RequestStepView):
    """Not for us."""

    to = RequestStatus.DECLINED
    action_label = gettext_lazy("Decline the request")
    is_destructive = True
    form_class = ReasonForm
    log_action = "followup.decline_request"


class WithdrawView(RequestStepView):
    """They do not want it any more."""

    to = RequestStatus.WITHDRAWN
    action_label = gettext_lazy("Note as withdrawn")
    is_destructive = True
    form_class = ReasonForm
    log_action = "followup.withdraw_request"


class OpenFileView(RequestActionView):
    """There was a first meeting."""

    permission = OPEN_FILES
    action_label = gettext_lazy("Open a file")
    form_class = OpenFileForm
    log_action = "followup.open_file"
    done = gettext_lazy("The file is open.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.object}

    def effects(self) -> list[str]:
        return [_("Opens on the day you first met, in person or by video."), _("Nobody gets a mail.")]

    def step(self, form: Any) -> None:
        answers = form.cleaned_data
        by = staff(self.request)
        self.file = open_file(request=self.object, opened_on=answers["opened_on"], team=answers["team"], now=clock.now(), by=by)

    @property
    def back_url(self) -> str:
        file = getattr(self, "file", None)
        return reverse("followup_files:inspect", args=[file.pk]) if file else self.object_url
