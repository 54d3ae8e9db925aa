"""The roll call in one stroke: everybody present, and somebody who is not on the roll."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.permissions import staff
from core.forms import EmailField
from trainings.attendance.mark import CannotMark, mark_rest_present
from trainings.attendance.walk_in import add_walk_in
from trainings.backoffice.attendance.meeting import MeetingScreen
from trainings.backoffice.refusals import MARK_REFUSALS
from trainings.models import Session


class AllPresentView(MeetingScreen, View):
    """Everybody without a mark is present. One tap: each of them can be corrected in the line."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            count = mark_rest_present(meeting=self.meeting, now=clock.now(), by=staff(request))
        except CannotMark as refusal:
            messages.error(request, MARK_REFUSALS[refusal.reason])
        else:
            messages.success(request, ngettext("%(count)s person is present.", "%(count)s people are present.", count) % {"count": count})
        return redirect(self.roll_url)


class WalkInForm(forms.Form):
    """What stands on an empty row of the sheet."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = EmailField(label=gettext_lazy("E-mail address"), help_text=gettext_lazy("For the certificate."))


class WalkInView(MeetingScreen, ObjectActionView[Session]):
    """Somebody who came without being enrolled."""

    action_label = gettext_lazy("Add and mark as present")
    page_title = gettext_lazy("Add somebody who came")
    form_class = WalkInForm
    log_action = "trainings.add_walk_in"
    done = gettext_lazy("The person is on the roll and present.")
    refusals: ClassVar = {CannotMark: lambda refusal: MARK_REFUSALS[refusal.reason]}

    def effects(self) -> list[str]:
        return [_("The person has a seat in this session from now on, even if it was full, and is marked as present. No mail leaves.")]

    def step(self, form: Any) -> None:
        answers = form.cleaned_data
        add_walk_in(meeting=self.meeting, name=answers["name"], email=answers["email"], now=clock.now(), by=staff(self.request))

    @property
    def back_url(self) -> str:
        return self.roll_url
