"""Mails of sessions in the admin: what is planned, leaving a rule out for one, and writing to its people."""

import hashlib
import json
from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core import clock
from core.backoffice.permissions import RequiresPermission, staff
from core.backoffice.screens import ObjectScreen
from core.text.dates import MOMENT, written
from trainings.backoffice.mailings.forms import MessageForm
from trainings.backoffice.mailings.rules import AHEAD, rule_or_404
from trainings.backoffice.mailings.words import leaves_words
from trainings.backoffice.permissions import VIEW_ENROLMENTS, sessions_for
from trainings.backoffice.sessions.base import SessionActionView, SessionRows
from trainings.mailings.letters import letter, preview
from trainings.mailings.plan import by_day
from trainings.mailings.rules import leave_out, put_back
from trainings.mailings.selectors import planned_mails
from trainings.mailings.words import placeholders_for
from trainings.mailings.write import MessageData, NobodyToWriteTo, PeopleChanged, people_for, write_to_people
from trainings.models import Enrolment, Session, SessionMessage


class PlannedMailsView(RequiresPermission, WagtailAdminTemplateMixin, TemplateView):
    """What leaves by rule in the next months, for all sessions its reader may know of."""

    permission = VIEW_ENROLMENTS
    page_title = gettext_lazy("Planned mails")
    header_icon = "calendar"
    template_name = "trainings/backoffice/mailings/planned.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = clock.now()
        planned = planned_mails(now=now, until=now + AHEAD, sessions=sessions_for(self.request.user))
        return super().get_context_data(**kwargs) | {
            "planned": [(each, leaves_words(each)) for each in planned if each.is_to_come or each.is_left_out]
        }


class LeaveOutView(SessionActionView):
    """A rule writes to nobody of this session."""

    action_label = gettext_lazy("Leave this mail out")
    log_action = "trainings.leave_out_mail"
    done = gettext_lazy("This mail does not leave for this session.")

    def effects(self) -> list[str]:
        name = rule_or_404(self.kwargs["rule"]).name
        return [_("“%(rule)s” writes to nobody of this session. It can be put back.") % {"rule": name}]

    def step(self, form: Any) -> None:
        leave_out(rule=rule_or_404(self.kwargs["rule"]), session=self.object, now=clock.now(), by=staff(self.request))


class PutBackView(SessionActionView):
    """As the rule says."""

    action_label = gettext_lazy("Put this mail back")
    log_action = "trainings.put_back_mail"
    done = gettext_lazy("This mail is planned again.")

    def effects(self) -> list[str]:
        name = rule_or_404(self.kwargs["rule"]).name
        return [_("“%(rule)s” leaves at its moment; at once where that moment is past and the mail still makes sense.") % {"rule": name}]

    def step(self, form: Any) -> None:
        put_back(rule=rule_or_404(self.kwargs["rule"]), session=self.object)


class WriteView(SessionActionView):
    """To the people of a session: written, looked at with whom it reaches, then sent once."""

    action_label = gettext_lazy("Write to people of the session")
    template_name = "trainings/backoffice/mailings/write.html"
    form_class = MessageForm
    log_action = "trainings.write_message"
    refusals: ClassVar = {
        NobodyToWriteTo: gettext_lazy("Nobody of this session is meant: choose other people, or another language."),
        PeopleChanged: gettext_lazy("Somebody came or went meanwhile: look at the list again, then send."),
    }

    def form_valid(self, form: Any) -> HttpResponse:
        """Sent only as it was seen: other words or other people are shown first."""
        self.people = list(people_for(self.object, audience=form.message().audience, language=form.message().language))
        shown = _digest(form.message(), self.people)
        if "send" in self.request.POST and form.cleaned_data["seen"] == shown:
            response: HttpResponse = super().form_valid(form)
            return response
        if not self.people:
            form.add_error("audience", str(self.refusals[NobodyToWriteTo]))
        elif "send" in self.request.POST:
            form.add_error(None, _("The words or the people changed since you looked: look again, then send."))
        form.data = form.data.copy()
        form.data["seen"] = shown
        return self.render_to_response(self.get_context_data(form=form), status=422 if form.errors else 200)

    def step(self, form: Any) -> str:
        now = clock.now()
        seen = {each.pk for each in self.people}
        message = write_to_people(
            session=self.object, key=form.cleaned_data["key"], data=form.message(), seen=seen, now=now, by=staff(self.request)
        )
        count = message.copies.count()
        if message.leaves_at > now:
            moment = written(message.leaves_at, MOMENT)
            return _("The message is written. It leaves on %(moment)s: nothing leaves at night.") % {"moment": moment}
        return ngettext("The message is on its way to %(count)s person.", "The message is on its way to %(count)s people.", count) % {
            "count": count
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form, people = context["form"], getattr(self, "people", [])
        context["placeholders"] = placeholders_for(None, "").values()
        if not people or not form.is_bound:
            return context
        data, now = form.message(), clock.now()
        sample = preview(letter(people[0], subject=data.subject, body=data.body))
        waits = written(by_day(now), MOMENT) if by_day(now) > now else ""
        return context | {"people": people, "sample": sample, "sample_of": people[0], "waits_until": waits}


def _digest(data: MessageData, people: list[Enrolment]) -> str:
    seen = [data.audience, data.language, data.subject, data.body, [each.pk for each in people]]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


class MessageView(SessionRows, ObjectScreen[Session], TemplateView):
    """What was written, and to whom."""

    model = Session
    viewset_name = "trainings_sessions"
    permission = VIEW_ENROLMENTS
    page_title = gettext_lazy("Message")
    header_icon = "mail"
    template_name = "trainings/backoffice/mailings/message.html"

    @cached_property
    def message(self) -> SessionMessage:
        found: SessionMessage = get_object_or_404(self.object.messages.select_related("by"), pk=self.kwargs["message"])
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        copies = self.message.copies.select_related("enrolment", "mail").order_by("enrolment__name", "pk")
        return super().get_context_data(**kwargs) | {"message": self.message, "copies": copies, "back_url": self.back_url}
