"""Actions on a payment request, and the ways to a new one."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.next_step import Gap
from core.backoffice.permissions import staff
from core.backoffice.screens import ListingScreen
from trainings.backoffice.enrolment.base import EnrolmentActionView
from trainings.backoffice.payment.forms import AmountForm, CreditForm, PartyForm, PaymentForm
from trainings.backoffice.payment.gaps import payment_gaps
from trainings.backoffice.payment.requests import PaymentRequestRows
from trainings.backoffice.permissions import CHANGE_PAYMENTS, REQUEST_PAYMENTS
from trainings.models import CreditReason, PaymentLine, PaymentRequest
from trainings.models.money import euros
from trainings.payment.billing import Party, known_party
from trainings.payment.credit import CannotCredit, credit_lines, left_of
from trainings.payment.due import due_for, price_for
from trainings.payment.payments import NotSoMuch, note_payment
from trainings.payment.request import AmountLine, CannotRequest, WhyNot, request_payment
from trainings.payment.resend import resend_payment_request

REFUSALS = {
    WhyNot.NOT_SET_UP: gettext_lazy("Nobody can be asked to pay yet: the name and the IBAN of the payee are missing."),
    WhyNot.NOTHING_DUE: gettext_lazy("Nothing is due: the seat is free of charge, not given, or cancelled in time."),
    WhyNot.ASKED_ALREADY: gettext_lazy("This was asked for already. If the request is wrong, take it back first."),
}


class PaymentActionView(PaymentRequestRows, ObjectActionView[PaymentRequest]):
    """An action on one payment request."""

    model = PaymentRequest
    viewset_name = "payments_requests"
    permission = CHANGE_PAYMENTS
    header_icon = "doc-full"

    def log_title(self) -> str:
        return self.object.label


class NotePaymentView(PaymentActionView):
    """Money came in without a bank file, or went back."""

    action_label = gettext_lazy("Note a payment")
    form_class = PaymentForm
    log_action = "trainings.note_payment"
    done = gettext_lazy("The payment is noted.")
    refusals: ClassVar = {NotSoMuch: gettext_lazy("No more can be given back than was paid.")}

    def effects(self) -> list[str]:
        return [_("Open: %(amount)s.") % {"amount": euros(self.object.balance)}, _("Nobody gets a mail.")]

    def get_initial(self) -> dict[str, Any]:
        return {"amount": max(self.object.balance, 0) or None, "received_on": clock.today()}

    def step(self, form: Any) -> None:
        answers = form.cleaned_data
        note_payment(
            request=self.object,
            cents=answers["amount"],
            received_on=answers["received_on"],
            note=answers["note"],
            now=clock.now(),
            by=staff(self.request),
        )


class CreditView(PaymentActionView):
    """Takes back a request, or a part of it, with a credit note."""

    action_label = gettext_lazy("Write the credit note")
    page_title = gettext_lazy("Take back")
    form_class = CreditForm
    is_destructive = True
    log_action = "trainings.credit_payment_request"
    done = gettext_lazy("The credit note is written.")
    refusals: ClassVar = {CannotCredit: gettext_lazy("Say an amount for a line, and no more than what is left of it.")}

    @cached_property
    def lines(self) -> list[PaymentLine]:
        return [line for line in self.object.lines.all() if left_of(line)]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"lines": self.lines}

    def effects(self) -> list[str]:
        return [_("A credit note gets the next number and goes to the payer by mail. It cannot be undone.")]

    def step(self, form: Any) -> None:
        reason = CreditReason(form.cleaned_data["reason"])
        credit_lines(request=self.object, amounts=form.amounts(), reason=reason, now=clock.now(), by=staff(self.request))


class ResendPaymentRequestView(PaymentActionView):
    """The mail did not arrive."""

    permission = REQUEST_PAYMENTS
    action_label = gettext_lazy("Send the mail again")
    log_action = "trainings.resend_payment_request"
    done = gettext_lazy("The mail is sent again.")

    def effects(self) -> list[str]:
        return [_("%(email)s gets the same document again.") % {"email": self.object.email or "–"}]

    def step(self, form: Any) -> None:
        resend_payment_request(request=self.object, now=clock.now())


class RequestForEnrolmentView(EnrolmentActionView):
    """Somebody told on the phone who pays; or a late cancellation has its price."""

    permission = REQUEST_PAYMENTS
    action_label = gettext_lazy("Send the payment request")
    page_title = gettext_lazy("Ask for payment")
    form_class = PartyForm
    log_action = "trainings.request_payment"
    done = gettext_lazy("The payment request is sent.")
    refusals: ClassVar = EnrolmentActionView.refusals | {CannotRequest: lambda refusal: REFUSALS[refusal.reason]}

    def effects(self) -> list[str]:
        due = due_for(self.object, price=price_for(self.object))
        return [_("Due: %(amount)s.") % {"amount": euros(due.cents)}, _("The request gets the next number and goes out by mail.")]

    def gaps(self) -> list[Gap]:
        return payment_gaps()

    def get_initial(self) -> dict[str, Any]:
        known, enrolment = known_party(self.object), self.object
        values = {name: getattr(known, name) for name in Party.__slots__} if known else {"name": enrolment.organisation_label}
        return values | {"language": enrolment.language}

    def step(self, form: Any) -> None:
        language = form.cleaned_data["language"]
        request_payment(enrolments=[self.object], billed_party=form.party(), language=language, now=clock.now(), by=staff(self.request))


class RequestAmountView(ListingScreen, ConfirmView):
    """Agreed work that is no seat of one person: a training for a team, for one."""

    model = PaymentRequest
    viewset_name = "payments_requests"
    permission = REQUEST_PAYMENTS
    form_class = AmountForm
    page_title = gettext_lazy("Ask for an amount")
    action_label = gettext_lazy("Send the payment request")
    header_icon = "doc-full"

    def effects(self) -> list[str]:
        return [_("The request gets the next number and goes out by mail.")]

    def gaps(self) -> list[Gap]:
        return payment_gaps()

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            request = self._request(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The payment request is sent."))
        return redirect(reverse("payments_requests:inspect", args=[request.pk]))

    def _request(self, form: Any) -> PaymentRequest:
        answers = form.cleaned_data
        line = AmountLine(description=answers["description"], cents=answers["amount"])
        try:
            request = request_payment(
                amounts=[line], billed_party=form.party(), language=answers["language"], now=clock.now(), by=staff(self.request)
            )
        except CannotRequest as refusal:
            raise Refused(str(REFUSALS[refusal.reason])) from refusal
        log(request, "trainings.request_payment", user=staff(self.request), title=request.label)
        return request
