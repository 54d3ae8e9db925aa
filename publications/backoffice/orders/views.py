"""Orders in the admin: the queue, one order with its history and actions, labels for parcels."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.confirm import ConfirmView
from core.backoffice.listing import DayColumn, IndexView, InspectView, status_column
from core.backoffice.next_step import NextStep
from core.backoffice.permissions import RequiresPermission, staff
from core.backoffice.screens import ListingScreen, RowsMixin
from core.lifecycle.transitions import TransitionNotAllowed
from core.models import OutgoingMail
from publications.backoffice.forms import ReasonForm, SendOrdersForm
from publications.backoffice.permissions import HANDLE_ORDERS, VIEW_ORDERS
from publications.enums import OrderStatus
from publications.models import PaperOrder
from publications.orders.labels import labels_pdf
from publications.orders.services import cancel_order, send_order, send_orders


class OrderRows(RowsMixin):
    """With what the pages say of each."""

    def rows_for(self, user: Any) -> QuerySet[PaperOrder]:
        return PaperOrder.objects.select_related("edition__work")


class OrderIndexView(OrderRows, IndexView):
    """What is to send comes first, the oldest on top; what is done comes last."""

    list_display = (
        TitleColumn(
            "name",
            label=gettext_lazy("Name"),
            accessor=lambda row: row.name or row.reference,
            url_name="publications_orders:inspect",
        ),
        "copies",
        Column("edition", label=gettext_lazy("Edition")),
        status_column(OrderStatus.RESERVED),
        "municipality",
        DayColumn("created_at", label=gettext_lazy("Ordered"), sort_key="created_at"),
    )
    list_export = (
        *("reference", "get_status_display", "edition.title", "copies", "get_purpose_display", "name", "organisation"),
        *("street", "postal_code", "municipality", "created_at", "closed_at"),
    )
    export_headings = {  # noqa: RUF012 (Wagtail's attribute)
        "get_status_display": gettext_lazy("Status"),
        "edition.title": gettext_lazy("Edition"),
        "get_purpose_display": gettext_lazy("Purpose"),
    }

    def rows_for(self, user: Any) -> QuerySet[PaperOrder]:
        rows: Any = super().rows_for(user)
        return rows.for_the_desk()

    @cached_property
    def header_buttons(self) -> list[Any]:
        url = reverse("publications_backoffice:labels")
        buttons = [*super().header_buttons, HeaderButton(_("Labels to send (PDF)"), url=url, icon_name="download", priority=10)]
        if self.request.user.has_perm(HANDLE_ORDERS):
            url = reverse("publications_backoffice:send_orders")
            buttons.append(HeaderButton(_("Note as sent"), url=url, icon_name="check", priority=20))
        return buttons


class OrderInspectView(OrderRows, InspectView):
    """One order: where to, what happened, which mails went out."""

    template_name = "publications/backoffice/order_inspect.html"
    page_title = gettext_lazy("Order")

    def next_step(self) -> NextStep | None:
        if self.object.status != OrderStatus.RESERVED or not self.request.user.has_perm(HANDLE_ORDERS):
            return None
        return NextStep(label=_("Note as sent"), url=self.action_url("send_order"), icon="check")

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        handles = self.request.user.has_perm(HANDLE_ORDERS)
        is_open = self.object.status in {OrderStatus.RESERVED, OrderStatus.WAITING}
        return self.action_buttons([(handles and is_open, _("Cancel the order"), "cancel_order", "circle-xmark")])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "transitions": self.object.transitions.select_related("by"),
            "mails": OutgoingMail.objects.about_row(self.object),
        }


class OrderActionView(OrderRows, ObjectActionView[PaperOrder]):
    """An action on one order."""

    model = PaperOrder
    viewset_name = "publications_orders"
    permission = HANDLE_ORDERS
    header_icon = "mail"
    refusals: ClassVar = {TransitionNotAllowed: gettext_lazy("The status of this order does not allow this step.")}

    def log_title(self) -> str:
        return self.object.reference


class SendOrderView(OrderActionView):
    """The parcel is in the post."""

    action_label = gettext_lazy("Note as sent")
    log_action = "publications.send_order"
    done = gettext_lazy("The order is sent.")

    def effects(self) -> list[str]:
        address = f"{self.object.name}, {self.object.postal_address}"
        told = _("%(name)s gets a mail. The address is erased in three months.") % {"name": self.object.name}
        return [_("%(copies)s copies to %(address)s.") % {"copies": self.object.copies, "address": address}, told]

    def step(self, form: Any) -> None:
        send_order(order=self.object, now=clock.now(), by=staff(self.request))


class SendOrdersView(ListingScreen, ConfirmView):
    """A pile of parcels at once. Nothing is ticked beforehand: an order may have come since the labels were printed."""

    model = PaperOrder
    viewset_name = "publications_orders"
    permission = HANDLE_ORDERS
    header_icon = "mail"
    action_label = gettext_lazy("Note as sent")
    form_class = SendOrdersForm

    def effects(self) -> list[str]:
        return [_("Tick the parcels that left. Each reader gets a mail; the addresses are erased in three months.")]

    def act(self, form: Any) -> str:
        sent = send_orders(orders=form.cleaned_data["orders"], now=clock.now(), by=staff(self.request))
        for order in sent:
            log(order, SendOrderView.log_action, user=staff(self.request), title=order.reference)
        return ngettext("%(count)s order is sent.", "%(count)s orders are sent.", len(sent)) % {"count": len(sent)}


class CancelOrderView(OrderActionView):
    """Nothing is sent."""

    action_label = gettext_lazy("Cancel the order")
    is_destructive = True
    form_class = ReasonForm
    log_action = "publications.cancel_order"
    done = gettext_lazy("The order is cancelled.")

    def effects(self) -> list[str]:
        told = _("%(name)s gets a mail.") % {"name": self.object.name}
        return [_("The copies go back on the shelf, or to who waits for them."), told]

    def step(self, form: Any) -> None:
        cancel_order(order=self.object, now=clock.now(), by=staff(self.request), reason=form.cleaned_data["reason"])


class LabelsView(RequiresPermission, View):
    """A sheet of labels for all orders that are to send. Nothing is kept by a browser or a proxy."""

    permission = VIEW_ORDERS
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content = labels_pdf(PaperOrder.objects.to_send().select_related("edition__work"), today=clock.today())
        headers = {"Content-Disposition": 'inline; filename="smes-labels.pdf"', "Cache-Control": "no-store"}
        return HttpResponse(content, content_type="application/pdf", headers=headers)
