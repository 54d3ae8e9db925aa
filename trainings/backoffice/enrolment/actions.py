"""What a coordinator does with one enrolment."""

from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from core import clock
from core.backoffice.confirm import Refused
from core.backoffice.permissions import staff
from core.transitions import TransitionNotAllowed
from trainings.attendance.certificates import NotAttended, issue_certificate
from trainings.backoffice.actions import EnrolmentActionView
from trainings.backoffice.forms import ChangeForm, MoveForm, OverCapacityForm, ReasonForm, sessions_to_come
from trainings.backoffice.permissions import CHANGE_ENROLMENTS, ISSUE_CERTIFICATES, can_read_access_needs, sessions_for
from trainings.backoffice.refusals import MOVE_REFUSALS
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.confirm import SessionFull, confirm_enrolment, move_to_waiting
from trainings.enrolment.enrol import change_enrolment
from trainings.enrolment.move import CannotMove, move_enrolment
from trainings.enrolment.resend import resend_mail
from trainings.sessions.seat_counts import session_seats

GETS_A_MAIL = gettext_lazy("%(name)s gets a mail.")


class EnrolmentStepView(EnrolmentActionView):
    """Does the step, writes it in Wagtail's log under the reference (never the name), says it is done."""

    permission = CHANGE_ENROLMENTS
    done: Any = ""
    logged = ""

    def step(self, form: Any) -> None:
        """Calls the service."""
        raise NotImplementedError

    def act(self, form: Any) -> str:
        try:
            self.step(form)
        except TransitionNotAllowed as refusal:
            raise Refused(_("The status of this enrolment does not allow this step.")) from refusal
        log(self.enrolment, self.logged, user=self.request.user, title=self.enrolment.reference)
        return str(self.done)

    def told(self) -> str:
        """`Dominique gets a mail.`"""
        return str(GETS_A_MAIL) % {"name": self.enrolment.name}


class ConfirmEnrolmentView(EnrolmentStepView):
    """From the waiting list to a seat."""

    action_label = gettext_lazy("Confirm the enrolment")
    form_class = OverCapacityForm
    logged = "trainings.confirm_enrolment"
    done = gettext_lazy("The person has a seat.")

    def effects(self) -> list[str]:
        seats = session_seats(self.enrolment.session)
        free = _("Seats taken: %(confirmed)s of %(capacity)s.") % {"confirmed": seats.confirmed, "capacity": seats.capacity}
        return [_("The person leaves the waiting list and has a seat."), free, self.told()]

    def get_form(self, form_class: Any = None) -> Any:
        """The question of going over the capacity is asked only where there is no seat."""
        form = super().get_form(form_class)
        if session_seats(self.enrolment.session).free:
            del form.fields["over_capacity"]
        return form

    def step(self, form: Any) -> None:
        over = form.cleaned_data.get("over_capacity", False)
        try:
            confirm_enrolment(enrolment=self.enrolment, now=clock.now(), by=staff(self.request), over_capacity=over)
        except SessionFull as refusal:
            raise Refused(_("No seat is free. Tick the box to confirm the person all the same.")) from refusal


class MoveToWaitingView(EnrolmentStepView):
    """From a seat to the list."""

    action_label = gettext_lazy("Put on the waiting list")
    form_class = ReasonForm
    logged = "trainings.move_to_waiting"
    done = gettext_lazy("The person is on the waiting list.")

    def effects(self) -> list[str]:
        return [_("The seat is free again. The person waits at the place the day of enrolment gives."), self.told()]

    def step(self, form: Any) -> None:
        move_to_waiting(enrolment=self.enrolment, now=clock.now(), by=staff(self.request), reason=form.cleaned_data["reason"])


class MoveEnrolmentView(EnrolmentStepView):
    """To another session."""

    action_label = gettext_lazy("Move to another session")
    form_class = MoveForm
    logged = "trainings.move_enrolment"
    done = gettext_lazy("The person is in the other session.")

    def get_form_kwargs(self) -> dict[str, Any]:
        own: Any = sessions_to_come(sessions_for(self.request.user), clock.now())
        return super().get_form_kwargs() | {"sessions": own.exclude(pk=self.enrolment.session_id)}

    def effects(self) -> list[str]:
        return [
            _("The seat in this session is free again. In the other one the person gets a seat, or a place on the waiting list."),
            self.told(),
        ]

    def step(self, form: Any) -> None:
        try:
            move_enrolment(enrolment=self.enrolment, to_session=form.cleaned_data["to_session"], now=clock.now(), by=staff(self.request))
        except CannotMove as refusal:
            raise Refused(str(MOVE_REFUSALS[refusal.reason])) from refusal


class CancelEnrolmentView(EnrolmentStepView):
    """The person does not come."""

    action_label = gettext_lazy("Cancel the enrolment")
    is_serious = True
    form_class = ReasonForm
    logged = "trainings.cancel_enrolment"
    done = gettext_lazy("The enrolment is cancelled.")

    def effects(self) -> list[str]:
        return [_("The seat is free again. To undo this, enrol the person again."), self.told()]

    def step(self, form: Any) -> None:
        cancel_enrolment(enrolment=self.enrolment, now=clock.now(), by=staff(self.request), reason=form.cleaned_data["reason"])


class ResendMailView(EnrolmentStepView):
    """The latest word again."""

    action_label = gettext_lazy("Send the mail again")
    logged = "trainings.resend_mail"
    done = gettext_lazy("The mail is on its way.")

    def effects(self) -> list[str]:
        return [self.told(), _("It says where the person stands today, and holds the link to change or cancel.")]

    def step(self, form: Any) -> None:
        resend_mail(enrolment=self.enrolment, now=clock.now(), by=staff(self.request))


class ChangeEnrolmentView(EnrolmentStepView):
    """Corrects what is known of the person."""

    action_label = gettext_lazy("Save")
    page_title = gettext_lazy("Correct")
    form_class = ChangeForm
    logged = "trainings.change_enrolment"
    done = gettext_lazy("The enrolment is corrected.")

    def get_form_kwargs(self) -> dict[str, Any]:
        reads = can_read_access_needs(self.request.user, self.enrolment.session)
        return super().get_form_kwargs() | {"enrolment": self.enrolment, "reads_access_needs": reads}

    def effects(self) -> list[str]:
        return [_("If something changes:") + " " + self.told()]

    def step(self, form: Any) -> None:
        change_enrolment(enrolment=self.enrolment, changes=form.changes(), now=clock.now())


class IssueCertificateView(EnrolmentStepView):
    """One certificate, also after one was revoked."""

    permission = ISSUE_CERTIFICATES
    action_label = gettext_lazy("Issue the certificate")
    logged = "trainings.issue_certificates"
    done = gettext_lazy("The certificate is issued.")

    def effects(self) -> list[str]:
        day = date_format(localtime(clock.now()), "DATE_FORMAT")
        return [_("The hours marked up to %(day)s are attested. A valid certificate stays as it is.") % {"day": day}, self.told()]

    def step(self, form: Any) -> None:
        try:
            issue_certificate(enrolment=self.enrolment, now=clock.now(), by=staff(self.request))
        except NotAttended as refusal:
            raise Refused(_("No hour was attended: there is nothing to attest.")) from refusal
