"""A coordinator's actions on a session. GET shows the effect and how many people it concerns, POST acts."""

import datetime
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from core.backoffice.dates import DateField
from core.backoffice.next_step import Gap
from core.backoffice.permissions import staff
from trainings.attendance.certificates import (
    enrolments_below,
    entitled_enrolments,
    issue_for_session,
    undecided_enrolments,
    unprintable_names,
)
from trainings.backoffice.enrolment.gaps import unprintable_gap
from trainings.backoffice.permissions import ADD_SESSIONS, ISSUE_CERTIFICATES
from trainings.backoffice.sessions.base import SessionActionView
from trainings.backoffice.sessions.gaps import gaps_of
from trainings.models import Enrolment, Interest
from trainings.planning.sessions import (
    cancel_session,
    close_session,
    duplicate_session,
    notify_of_change,
    publish_session,
)


def people_notified(count: int) -> str:
    """`12 people get a mail.`"""
    return ngettext("%(count)s person gets a mail.", "%(count)s people get a mail.", count) % {"count": count}


class PublishSessionView(SessionActionView):
    """A draft goes to the catalogue; those who asked for a date hear of it."""

    action_label = gettext_lazy("Publish the session")
    log_action = "trainings.publish_session"
    done = gettext_lazy("The session is published.")

    def effects(self) -> list[str]:
        wishes = Interest.objects.filter(module_id=self.object.module_id, confirmed_at__isnull=False, notified_at=None).count()
        return [
            _("The session appears in the catalogue and people can enrol."),
            _("Those who asked to hear of a date:") + " " + people_notified(wishes if self.object.module_id else 0),
        ]

    def gaps(self) -> list[Gap]:
        return gaps_of(self.object, now=clock.now())

    def step(self, form: Any) -> None:
        publish_session(session=self.object, now=clock.now(), by=staff(self.request))


class CloseSessionView(SessionActionView):
    """No more enrolments."""

    action_label = gettext_lazy("Close the session")
    log_action = "trainings.close_session"
    done = gettext_lazy("The session is closed.")

    def effects(self) -> list[str]:
        return [_("Nobody can enrol any more. Everybody who is in it stays in it."), _("Nobody gets a mail.")]

    def step(self, form: Any) -> None:
        close_session(session=self.object, now=clock.now(), by=staff(self.request))


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

    action_label = gettext_lazy("Cancel the session")
    log_action = "trainings.cancel_session"
    done = gettext_lazy("The session is cancelled and the people enrolled are told.")
    is_destructive = True
    form_class = CancelForm

    def effects(self) -> list[str]:
        count: int = self.object.enrolments.active().count()
        return [
            _("The session is called off and stays so. All its enrolments are cancelled."),
            people_notified(count) + " " + _("The mail carries your message and takes the dates out of their calendars."),
        ]

    def step(self, form: Any) -> None:
        cancel_session(session=self.object, message=form.cleaned_data["message"], now=clock.now(), by=staff(self.request))


class TellChangeView(SessionActionView):
    """Dates, place or link are new."""

    action_label = gettext_lazy("Tell people of the change")
    log_action = "trainings.tell_change"

    def effects(self) -> list[str]:
        return [
            people_notified(self.object.enrolments.active().count()),
            _("The mail holds the dates and the place as they stand now; for who has a seat, also the link and a new calendar file."),
        ]

    def step(self, form: Any) -> str:
        return people_notified(notify_of_change(session=self.object, now=clock.now(), by=staff(self.request)))


class DuplicateForm(forms.Form):
    """When the new run begins."""

    first_day = DateField(label=gettext_lazy("Day of the first meeting"))

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
    log_action = "wagtail.create"
    done = gettext_lazy("The draft is made. Check its dates, then publish it.")

    def effects(self) -> list[str]:
        return [_("A draft is made with the same module, place, seats, trainers and rhythm. Nobody is in it and nobody gets a mail.")]

    def step(self, form: Any) -> None:
        # From here on it is about the copy: its page is shown, its history begins.
        self.object = duplicate_session(session=self.object, first_day=form.cleaned_data["first_day"])


class IssueCertificatesView(SessionActionView):
    """Certificates for all who attended and have none yet."""

    permission = ISSUE_CERTIFICATES
    action_label = gettext_lazy("Issue the certificates")
    log_action = "trainings.issue_certificates"

    @cached_property
    def unprintable(self) -> list[Enrolment]:
        """Who cannot be given one yet, for the name."""
        return unprintable_names(self.object)

    def gaps(self) -> list[Gap]:
        return [unprintable_gap(enrolment) for enrolment in self.unprintable]

    def effects(self) -> list[str]:
        entitled = entitled_enrolments(self.object).count() - len(self.unprintable)
        lines = [
            ngettext(
                "%(count)s person who attended has no certificate yet and gets one.",
                "%(count)s people who attended have no certificate yet and get one.",
                entitled,
            )
            % {"count": entitled},
            people_notified(entitled),
        ]
        lines += self._left_out()
        due = self.object.meetings.filter(roll_closed_at=None).count()
        if due:
            text = ngettext(
                "Careful: the roll call of %(count)s meeting is not closed. Hours marked later would be missing.",
                "Careful: the roll calls of %(count)s meetings are not closed. Hours marked later would be missing.",
                due,
            )
            lines.append(text % {"count": due})
        return lines

    def _left_out(self) -> list[str]:
        """Who came and gets none."""
        below, undecided = enrolments_below(self.object).count(), undecided_enrolments(self.object).count()
        lines = []
        if below:
            text = ngettext(
                "%(count)s person attended less than %(percent)s%% of the hours and gets none.",
                "%(count)s people attended less than %(percent)s%% of the hours and get none.",
                below,
            )
            lines.append(text % {"count": below, "percent": self.object.certificate_percent})
        if undecided:
            text = ngettext(
                "%(count)s person was noted differently by two people: decide on the roll call first.",
                "%(count)s people were noted differently by two people: decide on the roll call first.",
                undecided,
            )
            lines.append(text % {"count": undecided})
        return lines

    def step(self, form: Any) -> str:
        issued = issue_for_session(session=self.object, now=clock.now(), by=staff(self.request))
        told = ngettext("%(count)s certificate issued.", "%(count)s certificates issued.", len(issued)) % {"count": len(issued)}
        left = unprintable_names(self.object)
        if left:
            text = ngettext(
                "%(count)s was not: none of our fonts has all characters of the name.",
                "%(count)s were not: none of our fonts has all characters of the names.",
                len(left),
            )
            told = f"{told} {text % {'count': len(left)}}"
        return told
