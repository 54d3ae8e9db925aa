"""Public pages about money, each behind a secret link. GET shows, POST acts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from core import clock
from core.languages import current_language
from core.views.token import TokenActionView, TokenView
from core.web.throttle import count_document
from trainings.enrolment.groups.selectors import group_of_token
from trainings.enrolment.selectors import enrolment_with_session
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, EnrolmentGroup, PaymentRequest, PaymentSettings
from trainings.models.money import euros
from trainings.payment.billing import AlreadyPaid, change_purchaser_reference, keep_billing_details, waits_for_request
from trainings.payment.documents import credit_note_pdf, party_lines, payment_request_pdf, shown_iban
from trainings.payment.forms import BillingForm, ReferenceForm
from trainings.payment.groups import group_money, request_for_group
from trainings.payment.qr import epc_svg
from trainings.payment.request import CannotRequest, request_payment
from trainings.payment.selectors import money_state, request_behind, request_of, standing
from trainings.sessions.prices import prices_of
from trainings.sessions.titles import session_title


class BillingView(TokenActionView[Enrolment]):
    """Who pays for this enrolment. Asked once; with a seat the payment request follows at once."""

    template_name = "trainings/payment/billing.html"
    form_class = BillingForm

    def find(self, token: str) -> Enrolment | None:
        return enrolment_with_session(token)

    def instead_of_form(self) -> HttpResponse | None:
        if request := request_of(self.row):
            return redirect("trainings:payment", token=request.token)
        if not money_state(self.row).asks_who_pays:
            return redirect("trainings:manage_enrolment", token=self.token)
        return None

    def form_kwargs(self) -> dict[str, Any]:
        prices = prices_of(self.row.session.module, self.row.session)
        words = ""
        if prices.reduced is not None:
            words = _("Reduced price: %(price)s, for %(whom)s.") % {
                "price": euros(prices.reduced),
                "whom": PaymentSettings.current().reduced_for or "…",
            }
        return {"known": BillingForm.known_of(self.row), "reduced_words": words}

    def get_context(self) -> dict[str, Any]:
        return {
            "enrolment": self.row,
            "session": self.row.session,
            "module": self.row.session.module,
            "rank": 0,
            "session_title": session_title(self.row.session, self.row.language),
            "has_seat": self.row.status == EnrolmentStatus.CONFIRMED,
            "back_url": reverse("trainings:manage_enrolment", args=[self.token]),
        }

    def act(self, form: Any) -> HttpResponse:
        keep_billing_details(enrolment=self.row, party=form.party(), claims_reduced=form.is_reduced, now=form.now)
        if not waits_for_request(self.row):
            messages.success(self.request, _("We keep this. The payment request follows once you have a seat."))
            return redirect("trainings:manage_enrolment", token=self.token)
        try:
            request = request_payment(enrolments=[self.row], billed_party=form.party(), language=self.row.language, now=form.now)
        except CannotRequest:
            return redirect("trainings:manage_enrolment", token=self.token)
        messages.success(self.request, _("The payment request is on its way to %(email)s.") % {"email": request.email})
        return redirect("trainings:payment", token=request.token)


class GroupBillingView(TokenActionView[EnrolmentGroup]):
    """Who pays for colleagues enrolled in one go: one request for all who have a seat, and later ones for who waits."""

    template_name = "trainings/payment/billing.html"
    form_class = BillingForm

    def find(self, token: str) -> EnrolmentGroup | None:
        return group_of_token(token)

    def instead_of_form(self) -> HttpResponse | None:
        return None if group_money(self.row).asks_who_pays else self.done()

    def done(self) -> HttpResponse:
        return redirect("trainings:group", token=self.token)

    def form_kwargs(self) -> dict[str, Any]:
        return {"known": {"name": self.row.organisation_label, "email": self.row.contact_email}}

    def get_context(self) -> dict[str, Any]:
        session = self.row.session
        return {
            "session": session,
            "module": session.module,
            "rank": 0,
            "session_title": session_title(session, self.row.language),
            "has_seat": bool(group_money(self.row).to_ask),
            "back_url": reverse("trainings:group", args=[self.token]),
        }

    def act(self, form: Any) -> HttpResponse:
        request = request_for_group(group=self.row, party=form.party(), now=form.now)
        if request is None:
            messages.success(self.request, _("We keep this. The payment request follows once you have a seat."))
            return self.done()
        messages.success(self.request, _("The payment request is on its way to %(email)s.") % {"email": request.email})
        return redirect("trainings:payment", token=request.token)


class PaymentView(TokenView[PaymentRequest]):
    """One payment request: what is still due, how to pay it, and its documents."""

    template_name = "trainings/payment/payment.html"

    def find(self, token: str) -> PaymentRequest | None:
        return request_behind(token)

    def get_context(self) -> dict[str, Any]:
        request = self.row
        return {
            "payment": request,
            "lines": request.lines.all(),
            "notes": list(request.credit_notes.all()),
            "party": party_lines(request),
            "standing": standing(request, today=clock.today()),
            "iban": shown_iban(request),
            "qr": mark_safe(epc_svg(request, cents=request.balance)),  # noqa: S308 (drawn by segno from digits and our own settings)
            "terms": request.terms_in(current_language()),
        }


class PaymentPdfView(PaymentView):
    """The document as it was sent."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count_document(request)
        return _pdf(payment_request_pdf(self.row), self.row.label)


class CreditNotePdfView(PaymentView):
    """A credit note of this request."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note = self.row.credit_notes.filter(pk=kwargs["pk"]).first()
        if note is None:
            raise Http404
        note.request = self.row
        count_document(request)
        return _pdf(credit_note_pdf(note), note.label)


class PurchaserReferenceView(PaymentView, TokenActionView[PaymentRequest]):
    """The purchaser's own number, as long as something is due."""

    template_name = "trainings/payment/reference.html"
    form_class = ReferenceForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"purchaser_reference": self.row.purchaser_reference}}

    def instead_of_form(self) -> HttpResponse | None:
        return None if self.row.balance > 0 else redirect("trainings:payment", token=self.token)

    def act(self, form: Any) -> HttpResponse:
        try:
            change_purchaser_reference(request=self.row, reference=form.cleaned_data["purchaser_reference"])
        except AlreadyPaid:
            return redirect("trainings:payment", token=self.token)
        messages.success(self.request, _("Your reference stands on the payment request."))
        return redirect("trainings:payment", token=self.token)


def _pdf(content: bytes, label: str) -> HttpResponse:
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="smes-{label}.pdf"'})
