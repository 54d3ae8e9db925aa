"""Orders of paper copies: the form, its receipt, and the pages behind the mailed link. GET shows, POST acts."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.languages import current_language
from core.lifecycle.transitions import TransitionNotAllowed
from core.views.private import link_unknown, private_page
from core.views.token import TokenActionView, TokenView
from core.web.receipts import SignedReceipt
from publications.enums import OPEN_ORDERS
from publications.models import Edition, PaperOrder
from publications.orders.forms import OrderForm
from publications.orders.selectors import edition_stock, edition_to_order, order_by_token, waiting_before
from publications.orders.services import CannotOrder, cancel_order, order_copies
from publications.works.titles import page_for_work


@dataclass(frozen=True, slots=True)
class OrderReceipt(SignedReceipt):
    """The answer to an order. A repeated order gets the same answer as a first one."""

    salt = "publications.receipt"

    reference: str
    copies: int
    is_reserved: bool


@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, reference: str) -> HttpResponse:
    """The order form of one edition. The answer does not reveal whether an order existed."""
    edition = edition_to_order(reference)
    if edition is None:
        return link_unknown(request)
    stock = edition_stock(edition)
    form = OrderForm(request.POST if request.method == "POST" else None, request=request, edition=edition, stock=stock)
    if form.is_bound and form.is_valid():
        data = form.order_data()
        try:
            outcome = order_copies(edition_id=edition.pk, data=data, now=form.now)
        except CannotOrder:
            return link_unknown(request)
        is_reserved = stock.has_room_for(data.copies) if outcome.was_open_already else outcome.order.queued_at is None
        messages.success(request, _("We have written to %(email)s.") % {"email": data.email})
        receipt = OrderReceipt(reference=edition.reference, copies=data.copies, is_reserved=is_reserved)
        return redirect("publications:ordered", receipt=receipt.sign())
    context = _form_context(edition) | {"form": form, "stock": stock}
    return TemplateResponse(request, "publications/order.html", context, status=422 if form.errors else 200)


@require_safe
@private_page
def ordered(request: HttpRequest, receipt: str) -> HttpResponse:
    """The answer, and what happens next. Can be bookmarked; shows no personal data."""
    answered = OrderReceipt.read(receipt)
    edition = edition_to_order(answered.reference) if answered else None
    if edition is None:
        return link_unknown(request)
    return TemplateResponse(request, "publications/ordered.html", _form_context(edition) | {"receipt": answered})


class OrderView(TokenView[PaperOrder]):
    """The status of an order."""

    template_name = "publications/manage_order.html"

    def find(self, token: str) -> PaperOrder | None:
        return order_by_token(token)

    def get_context(self) -> dict[str, Any]:
        own = {"order": self.row, "can_cancel": self.row.status in OPEN_ORDERS, "before": waiting_before(self.row)}
        return _form_context(self.row.edition) | own


class CancelOrderView(OrderView, TokenActionView[PaperOrder]):
    """Asks once more, then cancels. Pressed twice, it stays cancelled; a parcel that was sent cannot be called back."""

    template_name = "publications/cancel_order.html"

    def instead_of_form(self) -> HttpResponse | None:
        return None if self.row.status in OPEN_ORDERS else self.done()

    def act(self, form: Any) -> HttpResponse:
        try:
            cancel_order(order=self.row, now=form.now)
        except TransitionNotAllowed:
            messages.error(self.request, _("The parcel has left: it can no longer be cancelled."))
        return self.done()

    def done(self) -> HttpResponse:
        return redirect("publications:manage_order", token=self.token)


def _form_context(edition: Edition) -> dict[str, object]:
    """The publication's page in the reader's language, and the edition."""
    publication = page_for_work(edition.work, current_language())
    return {
        "edition": edition,
        "work": edition.work,
        "publication": publication,
        "publication_title": publication.title if publication else edition.title,
    }
