"""A coordinator's actions on one enrolment."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.backoffice.next_step import Gap
from core.backoffice.permissions import staff
from core.backoffice.versions.views import VersionedFormMixin
from core.files.pdf import can_be_printed
from core.text.dates import written
from trainings.attendance.certificates import issue_certificate
from trainings.backoffice.enrolment.base import EnrolmentActionView
from trainings.backoffice.enrolment.gaps import unprintable_gap
from trainings.backoffice.forms import ChangeForm, CorrectEmailForm, MoveForm, OverCapacityForm, ReasonForm, sessions_to_come
from trainings.backoffice.permissions import ISSUE_CERTIFICATES, VIEW_PARTICIPANTS, can_read_access_needs, sessions_for
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.confirm import confirm_enrolment, move_to_waiting
from trainings.enrolment.correct_email import correct_email, other_enrolments
from trainings.enrolment.enrol import change_enrolment
from trainings.enrolment.move import move_enrolment
from trainings.enrolment.resend import resend_mail
from trainings.enums import EnrolmentStatus
from trainings.sessions.seat_counts import session_seats


class ConfirmEnrolmentView(EnrolmentActionView):
    """From the waiting list to a seat."""

    action_label = gettext_lazy("Confirm the enrolment")
    form_class = OverCapacityForm
    log_action = "trainings.confirm_enrolment"
    done = gettext_lazy("The person has a seat.")

    def effects(self) -> list[str]:
        seats = session_seats(self.object.session)
        free = _("Seats taken: %(confirmed)s of %(capacity)s.") % {"confirmed": seats.taken, "capacity": seats.capacity}
        return [_("The person leaves the waiting list and has a seat."), free, self.mail_notice()]

    def get_form(self, form_class: Any = None) -> Any:
        """The question of going over the capacity is asked only where there is no seat."""
        form = super().get_form(form_class)
        if session_seats(self.object.session).free or self.object.status == EnrolmentStatus.OFFERED:
            del form.fields["over_capacity"]
        return form

    def step(self, form: Any) -> None:
        over = form.cleaned_data.get("over_capacity", False)
        confirm_enrolment(enrolment=self.object, now=clock.now(), by=staff(self.request), over_capacity=over)


class MoveToWaitingView(EnrolmentActionView):
    """From a seat to the list."""

    action_label = gettext_lazy("Put on the waiting list")
    form_class = ReasonForm
    log_action = "trainings.move_to_waiting"
    done = gettext_lazy("The person is on the waiting list.")

    def effects(self) -> list[str]:
        return [
            _("The seat goes to the next who may have it. The person waits at the place the day of enrolment gives."),
            self.mail_notice(),
        ]

    def step(self, form: Any) -> None:
        move_to_waiting(enrolment=self.object, now=clock.now(), by=staff(self.request), reason=form.cleaned_data["reason"])


class MoveEnrolmentView(EnrolmentActionView):
    """To another session."""

    action_label = gettext_lazy("Move to another session")
    form_class = MoveForm
    log_action = "trainings.move_enrolment"
    done = gettext_lazy("The person is in the other session.")

    def get_form_kwargs(self) -> dict[str, Any]:
        own: Any = sessions_to_come(sessions_for(self.request.user), clock.now())
        told = {"sessions": own.exclude(pk=self.object.session_id), "has_access_needs": bool(self.object.access_needs)}
        return super().get_form_kwargs() | told

    def gaps(self) -> list[Gap]:
        return [Gap(text=_("This person told of access needs. Check that the other place suits."))] if self.object.access_needs else []

    def effects(self) -> list[str]:
        return [
            _("The seat here goes to the next who may have it. In the other session the person gets a seat, or waits."),
            self.mail_notice(),
        ]

    def step(self, form: Any) -> None:
        move_enrolment(enrolment=self.object, to_session=form.cleaned_data["to_session"], now=clock.now(), by=staff(self.request))


class CancelEnrolmentView(EnrolmentActionView):
    """The person does not come."""

    action_label = gettext_lazy("Cancel the enrolment")
    is_destructive = True
    form_class = ReasonForm
    log_action = "trainings.cancel_enrolment"
    done = gettext_lazy("The enrolment is cancelled.")

    def effects(self) -> list[str]:
        return [_("The seat goes to the next who may have it. To undo this, enrol the person again."), self.mail_notice()]

    def step(self, form: Any) -> None:
        cancel_enrolment(enrolment=self.object, now=clock.now(), by=staff(self.request), reason=form.cleaned_data["reason"])


class ResendMailView(EnrolmentActionView):
    """The latest word again."""

    action_label = gettext_lazy("Send the mail again")
    log_action = "trainings.resend_mail"
    done = gettext_lazy("The mail is on its way.")

    def effects(self) -> list[str]:
        return [self.mail_notice(), _("It says where the person stands today, and holds the link to change or cancel.")]

    def step(self, form: Any) -> None:
        resend_mail(enrolment=self.object, now=clock.now(), by=staff(self.request))


class ChangeEnrolmentView(VersionedFormMixin, EnrolmentActionView):
    """Corrects what is known of the person."""

    action_label = gettext_lazy("Save")
    page_title = gettext_lazy("Correct")
    form_class = ChangeForm
    log_action = "trainings.change_enrolment"
    done = gettext_lazy("The enrolment is corrected.")

    def get_form_kwargs(self) -> dict[str, Any]:
        reads = can_read_access_needs(self.request.user, self.object.session)
        return super().get_form_kwargs() | {"enrolment": self.object, "reads_access_needs": reads}

    def effects(self) -> list[str]:
        return [_("If something changes:") + " " + self.mail_notice()]

    def step(self, form: Any) -> None:
        change_enrolment(enrolment=self.object, changes=form.changes(), now=clock.now())


class CorrectEmailView(EnrolmentActionView):
    """The address was typed wrong, or is another one now."""

    action_label = gettext_lazy("Correct and send the mail again")
    page_title = gettext_lazy("Correct the e-mail address")
    form_class = CorrectEmailForm
    log_action = "trainings.correct_email"
    done = gettext_lazy("The address is corrected and the mail is on its way.")

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Only for those who see addresses at all."""
        if not request.user.has_perm(VIEW_PARTICIPANTS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"others": other_enrolments(self.object)}

    def effects(self) -> list[str]:
        return [
            _("Known so far: %(email)s. Nothing more goes there, and the link in earlier mails no longer works.")
            % {"email": self.object.email},
            _("The new address gets the mail that says where the person stands, with a new link."),
        ]

    def step(self, form: Any) -> None:
        answers = form.cleaned_data
        correct_email(
            enrolment=self.object,
            email=answers["email"],
            now=clock.now(),
            by=staff(self.request),
            with_others=answers.get("with_others", False),
        )


class IssueCertificateView(EnrolmentActionView):
    """One certificate, also after one was revoked."""

    permission = ISSUE_CERTIFICATES
    action_label = gettext_lazy("Issue the certificate")
    log_action = "trainings.issue_certificates"
    done = gettext_lazy("The certificate is issued.")

    def effects(self) -> list[str]:
        day = written(clock.now())
        return [_("The hours marked up to %(day)s are attested. A valid certificate stays as it is.") % {"day": day}, self.mail_notice()]

    def gaps(self) -> list[Gap]:
        return [] if can_be_printed(self.object.name) else [unprintable_gap(self.object)]

    def step(self, form: Any) -> None:
        issue_certificate(enrolment=self.object, now=clock.now(), by=staff(self.request))
