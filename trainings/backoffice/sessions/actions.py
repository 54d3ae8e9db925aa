"""What a coordinator does with a session. GET names the effect and counts the people, POST does it."""

import datetime
from typing import Any

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log

from core import clock
from core.backoffice.confirm import Refused
from core.backoffice.permissions import staff
from trainings.attendance.certificates import issue_for_session
from trainings.backoffice.actions import SessionActionView
from trainings.backoffice.permissions import ADD_SESSIONS, ISSUE_CERTIFICATES, RUN_SESSIONS
from trainings.backoffice.refusals import SESSION_REFUSALS
from trainings.models import Interest
from trainings.planning.sessions import (
    CannotChangeSession,
    cancel_session,
    close_session,
    duplicate_session,
    publish_session,
    tell_of_change,
)


def people_told(count: int) -> str:
    """`12 people get a mail.`"""
    return ngettext("%(count)s person gets a mail.", "%(count)s people get a mail.", count) % {"count": count}


class PublishSessionView(SessionActionView):
    """A draft goes to the catalogue; those who asked for a date hear of it."""

    permission = RUN_SESSIONS
    action_label = gettext_lazy("Publish the session")

    def effects(self) -> list[str]:
        wishes = Interest.objects.filter(module_id=self.session.module_id, confirmed_at__isnull=False, notified_at=None).count()
        return [
            _("The session appears in the catalogue and people can enrol."),
            _("Those who asked to hear of a date:") + " " + people_told(wishes if self.session.module_id else 0),
        ]

    def act(self, form: Any) -> str:
        try:
            publish_session(session=self.session, now=clock.now(), by=staff(self.request))
        except CannotChangeSession as refusal:
            raise Refused(str(SESSION_REFUSALS[refusal.reason])) from refusal
        log(self.session, "trainings.publish_session", user=self.request.user)
        return _("The session is published.")


class CloseSessionView(SessionActionView):
    """No more enrolments."""

    permission = RUN_SESSIONS
    action_label = gettext_lazy("Close the session")

    def effects(self) -> list[str]:
        return [_("Nobody can enrol any more. Everybody who is in it stays in it."), _("Nobody gets a mail.")]

    def act(self, form: Any) -> str:
        try:
            close_session(session=self.session, now=clock.now(), by=staff(self.request))
        except CannotChangeSession as refusal:
            raise Refused(str(SESSION_REFUSALS[refusal.reason])) from refusal
        log(self.session, "trainings.close_session", user=self.request.user)
        return _("The session is closed.")


class CancelForm(forms.Form):
    """Why the session does not take place."""

    message = forms.CharField(
        label=gettext_lazy("Message to the people enrolled"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Stands in the mail as you write it. Everybody gets the same words: write in the languages they need."),
    )


class CancelSessionView(SessionActionView):
    """The session does not take place; everybody is told."""

    permission = RUN_SESSIONS
    action_label = gettext_lazy("Cancel the session")
    is_serious = True
    form_class = CancelForm

    def effects(self) -> list[str]:
        count: int = self.session.confirmed_count + self.session.waiting_count
        return [
            _("The session is called off and stays so. All its enrolments are cancelled."),
            people_told(count) + " " + _("The mail carries your message and takes the dates out of their calendars."),
        ]

    def act(self, form: Any) -> str:
        try:
            cancel_session(session=self.session, message=form.cleaned_data["message"], now=clock.now(), by=staff(self.request))
        except CannotChangeSession as refusal:
            raise Refused(str(SESSION_REFUSALS[refusal.reason])) from refusal
        log(self.session, "trainings.cancel_session", user=self.request.user)
        return _("The session is cancelled and the people enrolled are told.")


class TellChangeView(SessionActionView):
    """Dates, place or link are new."""

    permission = RUN_SESSIONS
    action_label = gettext_lazy("Tell people of the change")

    def effects(self) -> list[str]:
        return [
            people_told(self.session.confirmed_count + self.session.waiting_count),
            _("The mail holds the dates and the place as they stand now; for who has a seat, also the link and a new calendar file."),
        ]

    def act(self, form: Any) -> str:
        told = tell_of_change(session=self.session, now=clock.now(), by=staff(self.request))
        log(self.session, "trainings.tell_change", user=self.request.user)
        return people_told(told)


class DuplicateForm(forms.Form):
    """When the new run begins."""

    first_day = forms.DateField(label=gettext_lazy("Day of the first meeting"), widget=AdminDateInput)

    def clean_first_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["first_day"]
        if day < clock.today():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day


class DuplicateSessionView(SessionActionView):
    """A draft with the same facts and rhythm on other days."""

    permission = ADD_SESSIONS
    action_label = gettext_lazy("Duplicate the session")
    form_class = DuplicateForm
    new_url = ""

    def effects(self) -> list[str]:
        return [_("A draft is made with the same module, place, seats, trainers and rhythm. Nobody is in it and nobody gets a mail.")]

    def form_valid(self, form: Any) -> Any:
        copy = duplicate_session(session=self.session, first_day=form.cleaned_data["first_day"])
        log(copy, "wagtail.create", user=self.request.user)
        messages.success(self.request, _("The draft is made. Check its dates, then publish it."))
        return redirect(reverse("trainings_sessions:inspect", args=[copy.pk]))


class IssueCertificatesView(SessionActionView):
    """Certificates for all who attended and have none yet."""

    permission = ISSUE_CERTIFICATES
    action_label = gettext_lazy("Issue the certificates")

    def effects(self) -> list[str]:
        entitled = self.session.enrolments.confirmed().filter(certificate__isnull=True, attendances__minutes__gt=0).distinct().count()
        lines = [
            ngettext(
                "%(count)s person who attended has no certificate yet and gets one.",
                "%(count)s people who attended have no certificate yet and get one.",
                entitled,
            )
            % {"count": entitled},
            people_told(entitled),
        ]
        due = self.session.meetings.filter(roll_closed_at=None).count()
        if due:
            text = ngettext(
                "Careful: the roll call of %(count)s meeting is not closed. Hours marked later would be missing.",
                "Careful: the roll calls of %(count)s meetings are not closed. Hours marked later would be missing.",
                due,
            )
            lines.append(text % {"count": due})
        return lines

    def act(self, form: Any) -> str:
        issued = issue_for_session(session=self.session, now=clock.now(), by=staff(self.request))
        log(self.session, "trainings.issue_certificates", user=self.request.user)
        return ngettext("%(count)s certificate issued.", "%(count)s certificates issued.", len(issued)) % {"count": len(issued)}
