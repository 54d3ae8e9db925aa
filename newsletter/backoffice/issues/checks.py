"""Run the checks; override a finding with a reason."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from core import clock
from core.backoffice.permissions import staff
from newsletter.backoffice.issues.base import IssueActionView, IssueScreen, back_from_frozen
from newsletter.backoffice.issues.forms import ReasonForm
from newsletter.backoffice.issues.permissions import CHANGE_ISSUES, SEND_ISSUES
from newsletter.preflight.findings import Finding
from newsletter.preflight.run import override_finding, run_preflight
from newsletter.preflight.state import state_of


class RunChecksView(IssueScreen, View):
    """POST only: makes network requests and stores the findings."""

    permission = CHANGE_ISSUES
    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if answer := back_from_frozen(request, self.issue):
            return answer
        run_preflight(issue_id=self.issue.pk, now=clock.now(), by=staff(request))
        state = state_of(self.issue)
        if state.is_green:
            messages.success(request, _("The checks are green."))
        else:
            messages.warning(request, _("The checks found something to look at."))
        return redirect(f"{self.back_url}#checks")


class OverrideView(IssueActionView):
    """Send all the same, and say why."""

    permission = SEND_ISSUES
    form_class = ReasonForm
    action_label = gettext_lazy("Send all the same")
    log_action = "newsletter.override_finding"
    done = gettext_lazy("The reason is kept with the issue.")

    @cached_property
    def finding(self) -> Finding:
        for reviewed in state_of(self.issue).findings:
            if reviewed.finding.key == self.kwargs["key"]:
                return reviewed.finding
        raise Http404

    def effects(self) -> list[str]:
        return [self.finding.text, _("The reason stays with the issue, with your name and the date.")]

    def step(self, form: Any) -> None:
        override_finding(
            issue_id=self.issue.pk, key=self.finding.key, reason=form.cleaned_data["reason"], now=clock.now(), by=staff(self.request)
        )
