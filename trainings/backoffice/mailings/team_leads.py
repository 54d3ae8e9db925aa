"""The team lead of a participant in the admin: noted with her agreement, forgotten when she wishes."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.backoffice.permissions import staff
from core.backoffice.versions.views import VersionedFormMixin
from trainings.backoffice.enrolment.base import EnrolmentActionView
from trainings.backoffice.mailings.forms import TeamLeadForm
from trainings.mailings.rules import forget_team_lead, note_team_lead
from trainings.models import TeamLead


class NoteTeamLeadView(VersionedFormMixin, EnrolmentActionView):
    """She agreed to be asked what the training changed."""

    action_label = gettext_lazy("Note the team lead")
    form_class = TeamLeadForm
    log_action = "trainings.note_team_lead"
    done = gettext_lazy("The team lead is noted.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"lead": TeamLead.objects.filter(enrolment=self.object).first()}

    def effects(self) -> list[str]:
        return [_("Some months after the session she gets the mail that asks what the training changed. Nothing else is sent to her.")]

    def step(self, form: Any) -> None:
        facts = {name: form.cleaned_data[name] for name in ("name", "email", "language")}
        note_team_lead(enrolment=self.object, now=clock.now(), by=staff(self.request), **facts)


class ForgetTeamLeadView(EnrolmentActionView):
    """She is asked nothing."""

    action_label = gettext_lazy("Forget the team lead")
    is_destructive = True
    log_action = "trainings.forget_team_lead"
    done = gettext_lazy("The team lead is forgotten.")

    def effects(self) -> list[str]:
        return [_("Her name and address are erased, and nothing is sent to her any more.")]

    def step(self, form: Any) -> None:
        forget_team_lead(enrolment=self.object)
