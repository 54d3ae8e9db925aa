"""Orders in the admin: the queue, one order with its history and actions, labels for parcels."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log

from core import clock
from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.listing import DayColumn, IndexView, OwnInspectView
from core.backoffice.permissions import RequiresPermission, staff
from core.models import OutgoingMail
from core.transitions import TransitionNotAllowed
from publications.backoffice.forms import ReasonForm, SendOrdersForm
from publications.backoffice.permissions import HANDLE_ORDERS, VIEW_ORDERS
from publications.enums import OrderStatus
from publications.models import PaperOrder
from publications.orders.labels import labels_pdf
from publications.orders.services import cancel_order, send_order, send_orders


def orders() -> QuerySet[PaperOrder]:
    """With what the pages say of each."""
    rows: QuerySet[PaperOrder] = PaperOrder.objects.select_related("edition__work")
    return rows


class OrderIndexView(IndexView):
    """What is to send comes first, the oldest on top; what is done comes last."""

    is_searchable = True
    list_export = (
        *("reference", "get_status_display", "edition.title", "copies", "get_purpose_display", "name", "organisation"),
        *("street", "postal_code", "municipality", "created_at", "closed_at"),
    )
    export_headings = {  # noqa: RUF012 (Wagtail's attribute)
        "get_status_display": gettext_lazy("Status"),
        "edition.title": gettext_lazy("Edition"),
        "get_purpose_display": gettext_lazy("Purpose"),
    }

    def get_base_queryset(self) -> QuerySet[PaperOrder]:
        return orders().for_the_desk()  # type: ignore[attr-defined]  # of PaperOrderQuerySet

    @cached_property
    def header_buttons(self) -> list[Any]:
        url = reverse("publications_backoffice:labels")
        buttons = [*super().header_buttons, HeaderButton(_("Labels to send (PDF)"), url=url, icon_name="download", priority=10)]
        if self.request.user.has_perm(HANDLE_ORDERS):
            url = reverse("publications_backoffice:send_orders")
            buttons.append(HeaderButton(_("Note as sent"), url=url, icon_name="check", priority=20))
        return buttons

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title(
                "name",
                label=_("Name"),
                accessor=lambda row: row.name or row.reference,
                get_url=lambda row: reverse("publications_orders:inspect", args=[row.pk]),
            ),
            Column("copies", label=_("Copies"), sort_key="copies"),
            Column("edition", label=_("Edition")),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor="get_status_display",
                sort_key="status",
                primary=lambda row: row.status == OrderStatus.RESERVED,
            ),
            Column("municipality", label=_("Municipality"), sort_key="municipality"),
            DayColumn("created_at", label=_("Ordered"), sort_key="created_at"),
        ]


class OrderInspectView(OwnInspectView):
    """One order: where to, what happened, which mails went out."""

    template_name = "publications/backoffice/order_inspect.html"
    page_title = gettext_lazy("Order")

    def rows_for(self, user: Any) -> QuerySet[PaperOrder]:
        return orders()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("publications_orders:index"), "label": _("Orders")},
            {"url": "", "label": str(self.object)},
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        if self.object.status != OrderStatus.RESERVED or not self.request.user.has_perm(HANDLE_ORDERS):
            return []
        return [HeaderButton(_("Note as sent"), url=self._action("send_order"), icon_name="check", priority=10)]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        is_open = self.object.status in {OrderStatus.RESERVED, OrderStatus.WAITING}
        if not is_open or not self.request.user.has_perm(HANDLE_ORDERS):
            return []
        return [Button(_("Cancel the order"), url=self._action("cancel_order"), icon_name="circle-xmark", priority=20)]

    def _action(self, name: str) -> str:
        return reverse(f"publications_backoffice:{name}", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        fields = ("subject", "status", "created_at", "sent_at", "attempts", "latest_error", "to")
        return super().get_context_data(**kwargs) | {
            "transitions": self.object.transitions.select_related("by"),
            # The text of a mail holds the manage link: only its subject and its state are shown.
            "mails": OutgoingMail.objects.filter(about=f"paperorder:{self.object.pk}").only(*fields),
        }


class OrderStepView(ConfirmView):
    """An action on one order, logged under its reference, never under a name."""

    permission = HANDLE_ORDERS
    header_icon = "mail"
    done: Any = ""
    logged = ""

    @cached_property
    def order(self) -> PaperOrder:
        return get_object_or_404(orders(), pk=self.kwargs["pk"])

    def step(self, form: Any) -> None:
        """Calls the service."""
        raise NotImplementedError

    def act(self, form: Any) -> str:
        try:
            self.step(form)
        except TransitionNotAllowed as refusal:
            raise Refused(_("The status of this order does not allow this step.")) from refusal
        log(self.order, self.logged, user=self.request.user, title=self.order.reference)
        return str(self.done)

    def get_page_subtitle(self) -> str:
        return str(self.order)

    @property
    def back_url(self) -> str:
        return reverse("publications_orders:inspect", args=[self.order.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("publications_orders:index"), "label": _("Orders")},
            {"url": self.back_url, "label": str(self.order)},
            {"url": "", "label": self.get_page_title()},
        ]


class SendOrderView(OrderStepView):
    """The parcel is in the post."""

    action_label = gettext_lazy("Note as sent")
    logged = "publications.send_order"
    done = gettext_lazy("The order is sent.")

    def effects(self) -> list[str]:
        address = f"{self.order.name}, {self.order.postal_address}"
        told = _("%(name)s gets a mail. The address is erased in three months.") % {"name": self.order.name}
        return [_("%(copies)s copies to %(address)s.") % {"copies": self.order.copies, "address": address}, told]

    def step(self, form: Any) -> None:
        send_order(order=self.order, now=clock.now(), by=staff(self.request))


class SendOrdersView(ConfirmView):
    """A pile of parcels at once. Nothing is ticked beforehand: an order may have come since the labels were printed."""

    permission = HANDLE_ORDERS
    header_icon = "mail"
    action_label = gettext_lazy("Note as sent")
    form_class = SendOrdersForm

    def effects(self) -> list[str]:
        return [_("Tick the parcels that left. Each reader gets a mail; the addresses are erased in three months.")]

    def act(self, form: Any) -> str:
        sent = send_orders(orders=form.cleaned_data["orders"], now=clock.now(), by=staff(self.request))
        for order in sent:
            log(order, SendOrderView.logged, user=self.request.user, title=order.reference)
        return ngettext("%(count)s order is sent.", "%(count)s orders are sent.", len(sent)) % {"count": len(sent)}

    @property
    def back_url(self) -> str:
        return reverse("publications_orders:index")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": self.back_url, "label": _("Orders")}, {"url": "", "label": self.get_page_title()}]


class CancelOrderView(OrderStepView):
    """Nothing is sent."""

    action_label = gettext_lazy("Cancel the order")
    is_destructive = True
    form_class = ReasonForm
    logged = "publications.cancel_order"
    done = gettext_lazy("The order is cancelled.")

    def effects(self) -> list[str]:
        told = _("%(name)s gets a mail.") % {"name": self.order.name}
        return [_("The copies go back on the shelf, or to who waits for them."), told]

    def step(self, form: Any) -> None:
        cancel_order(order=self.order, now=clock.now(), by=staff(self.request), reason=form.cleaned_data["reason"])


class LabelsView(RequiresPermission, View):
    """A sheet of labels for all orders that are to send. Nothing is kept by a browser or a proxy."""

    permission = VIEW_ORDERS
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content = labels_pdf(PaperOrder.objects.to_send().select_related("edition__work"), today=clock.today())
        headers = {"Content-Disposition": 'inline; filename="smes-labels.pdf"', "Cache-Control": "no-store"}
        return HttpResponse(content, content_type="application/pdf", headers=headers)
