"""What a colleague does on a file. GET shows, POST acts."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.backoffice.permissions import staff
from core.backoffice.versions.views import VersionedFormMixin
from followup.backoffice.files.base import FileActionView
from followup.backoffice.files.forms import EventForm, NextStepForm, TeamForm
from followup.backoffice.requests.forms import DayForm, ReasonForm
from followup.enums import EventKind, FileStatus
from followup.files.events import log_event, remove_event
from followup.files.steps import plan_next_step, take_step
from followup.files.team import set_team
from followup.models import FileEvent


class LogEventView(FileActionView):
    """One event; the page of the file holds the same form, with a button for each kind."""

    action_label = gettext_lazy("Note it")
    page_title = gettext_lazy("Note what was done")
    form_class = EventForm
    log_action = "followup.log_event"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"file": self.object}

    def step(self, form: Any) -> str:
        event = log_event(file=self.object, now=clock.now(), by=staff(self.request), **form.event_data())
        return _("Noted: %(what)s.") % {"what": EventKind(event.kind).label}


class RemoveEventView(FileActionView):
    """Noted by mistake."""

    action_label = gettext_lazy("Remove the event")
    is_destructive = True
    log_action = "followup.remove_event"
    done = gettext_lazy("The event is removed.")

    @cached_property
    def event(self) -> FileEvent:
        found = self.object.events.filter(pk=self.kwargs["event"]).first()
        if found is None:
            raise Http404
        return found

    def effects(self) -> list[str]:
        return [str(self.event), _("It is counted nowhere any more.")]

    def step(self, form: Any) -> None:
        remove_event(event=self.event)


class NextStepView(VersionedFormMixin, FileActionView):
    """Who does what next."""

    action_label = gettext_lazy("Save the next step")
    page_title = gettext_lazy("Who does what next")
    form_class = NextStepForm
    log_action = "followup.plan_next_step"
    done = gettext_lazy("The next step is saved.")

    def get_initial(self) -> dict[str, Any]:
        row = self.object
        return {"next_step": row.next_step, "on": row.next_step_on, "who": row.next_step_by_id or staff(self.request).pk}

    def step(self, form: Any) -> None:
        plan_next_step(file=self.object, **form.cleaned_data)


class TeamView(VersionedFormMixin, FileActionView):
    """Who works on it, and may read it."""

    action_label = gettext_lazy("Save the team")
    page_title = gettext_lazy("Team of the file")
    form_class = TeamForm
    log_action = "followup.set_team"
    done = gettext_lazy("The team is saved.")

    def get_initial(self) -> dict[str, Any]:
        return {"team": [each.pk for each in self.object.team.all()]}

    def effects(self) -> list[str]:
        return [_("Whoever is taken out no longer finds the file."), _("Whoever joins may read its notes. Each change is noted.")]

    def step(self, form: Any) -> None:
        set_team(file=self.object, team=form.cleaned_data["team"], by=staff(self.request), now=clock.now())

    @property
    def back_url(self) -> str:
        """The page of the file, as long as one may read it."""
        is_readable = self.rows_for(self.request.user).filter(pk=self.object.pk).exists()
        return self.object_url if is_readable else self.index_url


class FileStepView(FileActionView):
    """A new status, on a day."""

    to: FileStatus
    form_class: type[DayForm] = ReasonForm
    done = gettext_lazy("It is noted.")

    def step(self, form: Any) -> None:
        answers = form.cleaned_data
        reason = answers.get("reason", "")
        take_step(file=self.object, to=self.to, now=clock.now(), by=staff(self.request), on=answers["day"], reason=reason)


class HoldFileView(FileStepView):
    """It waits."""

    to = FileStatus.ON_HOLD
    action_label = gettext_lazy("Put on hold")
    log_action = "followup.hold_file"


class CloseFileView(FileStepView):
    """The work is done."""

    to = FileStatus.CLOSED
    form_class = DayForm
    action_label = gettext_lazy("Close the file")
    log_action = "followup.close_file"

    def effects(self) -> list[str]:
        return [_("The file stays readable for its team. Two years later the contact person is forgotten; what is counted stays.")]


class BreakOffFileView(FileStepView):
    """It ended before it was done."""

    to = FileStatus.BROKEN_OFF
    action_label = gettext_lazy("Break off")
    is_destructive = True
    log_action = "followup.break_off_file"


class TakeUpFileView(FileStepView):
    """It goes on."""

    to = FileStatus.OPEN
    form_class = DayForm
    action_label = gettext_lazy("Take up again")
    log_action = "followup.take_up_file"
