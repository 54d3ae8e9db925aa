"""Order copies on paper: one page, a receipt, and the link of the mail. GET shows, POST acts."""

import datetime
from dataclasses import dataclass

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.forms import ConfirmForm
from core.transitions import TransitionNotAllowed
from core.views.private import link_unknown, private_page
from publications.enums import OPEN_ORDERS
from publications.models import Edition
from publications.orders.forms import OrderForm
from publications.orders.selectors import edition_stock, edition_to_order, order_by_token, waiting_before
from publications.orders.services import CannotOrder, order_copies
from publications.orders.services import cancel_order as cancel
from publications.works.titles import page_for_work

SALT = "publications.receipt"
VALID = datetime.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was answered to an order, signed, and nothing about a person: a repeated order gets a newcomer's answer."""

    reference: str
    copies: int
    is_reserved: bool

    def sign(self) -> str:
        return signing.dumps([self.reference, self.copies, self.is_reserved], salt=SALT)


@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, reference: str) -> HttpResponse:
    """The form of one edition. The answer says the same to everybody."""
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
        receipt = Receipt(reference=edition.reference, copies=data.copies, is_reserved=is_reserved)
        return redirect("publications:ordered", receipt=receipt.sign())
    context = _told_before(edition) | {"form": form, "stock": stock}
    return TemplateResponse(request, "publications/order.html", context, status=422 if form.errors else 200)


@require_safe
@private_page
def ordered(request: HttpRequest, receipt: str) -> HttpResponse:
    """What was answered, and what happens next. Can be bookmarked; shows nothing of the person."""
    try:
        answered = Receipt(*signing.loads(receipt, salt=SALT, max_age=VALID))
    except (signing.BadSignature, ValueError, TypeError):
        return link_unknown(request)
    edition = edition_to_order(answered.reference)
    if edition is None:
        return link_unknown(request)
    return TemplateResponse(request, "publications/ordered.html", _told_before(edition) | {"receipt": answered})


@require_safe
@private_page
def manage_order(request: HttpRequest, token: str) -> HttpResponse:
    """Where the order stands."""
    found = order_by_token(token)
    if found is None:
        return link_unknown(request)
    context = _told_before(found.edition) | {"order": found, "can_cancel": found.status in OPEN_ORDERS, "before": waiting_before(found)}
    return TemplateResponse(request, "publications/manage_order.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def cancel_order(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more, then cancels. Pressed twice, it stays cancelled; a parcel that left cannot be called back."""
    found = order_by_token(token)
    if found is None:
        return link_unknown(request)
    if found.status not in OPEN_ORDERS:
        return redirect("publications:manage_order", token=token)
    form = ConfirmForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        try:
            cancel(order=found, now=form.now)
        except TransitionNotAllowed:
            messages.error(request, _("The parcel has left: it can no longer be cancelled."))
        return redirect("publications:manage_order", token=token)
    context = _told_before(found.edition) | {"order": found, "form": form}
    return TemplateResponse(request, "publications/cancel_order.html", context, status=422 if form.errors else 200)


def _told_before(edition: Edition) -> dict[str, object]:
    """What these pages say of a publication: its page in the reader's language, and the edition itself."""
    publication = page_for_work(edition.work, get_language() or "fr")
    return {
        "edition": edition,
        "work": edition.work,
        "publication": publication,
        "publication_title": publication.title if publication else edition.title,
    }
