"""The menu 'Payments' of the Wagtail admin."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSetGroup

from core.backoffice.menu import MenuOrder
from core.backoffice.viewsets import EditableViewSet, ReadOnlyViewSet
from trainings.backoffice.payment.bank import BankFileIndexView, BankFileInspectView, TransferIndexView, TransferInspectView
from trainings.backoffice.payment.filters import PaymentRequestFilterSet, TransferFilterSet
from trainings.backoffice.payment.forms import TermsForm
from trainings.backoffice.payment.requests import PaymentRequestIndexView, PaymentRequestInspectView
from trainings.models import AgreedPrice, BankFile, BankLine, CancellationTerms, PaymentRequest


class PaymentRequestViewSet(ReadOnlyViewSet):
    """Payment requests: written by a service, never edited."""

    model = PaymentRequest
    name = "payments_requests"
    url_prefix = "payments/requests"
    icon = "doc-full"
    index_view_class = PaymentRequestIndexView
    inspect_view_class = PaymentRequestInspectView
    filterset_class = PaymentRequestFilterSet


class TransferViewSet(ReadOnlyViewSet):
    """Transfers, and the work list of those that found no request."""

    model = BankLine
    name = "payments_transfers"
    url_prefix = "payments/transfers"
    icon = "download"
    index_view_class = TransferIndexView
    inspect_view_class = TransferInspectView
    filterset_class = TransferFilterSet


class BankFileViewSet(ReadOnlyViewSet):
    """Files of the bank with their reports."""

    model = BankFile
    name = "payments_bank_files"
    url_prefix = "payments/bank-files"
    icon = "upload"
    index_view_class = BankFileIndexView
    inspect_view_class = BankFileInspectView


class TermsCreateView(CreateView):
    """Leads back to the list: there is no form to come back to."""

    def get_success_buttons(self) -> list[Any]:
        return []


class CancellationTermsViewSet(EditableViewSet):
    """Terms are added, never changed: who enrolled keeps those she read."""

    model = CancellationTerms
    name = "payments_cancellation_terms"
    url_prefix = "payments/cancellation-terms"
    icon = "calendar-alt"
    add_view_class = TermsCreateView
    list_display = ("in_force_from", "is_confirmed")
    inspect_view_enabled = False
    disabled_views: ClassVar[set[str]] = EditableViewSet.disabled_views | {"edit", "delete"}
    edit_handler = ObjectList(
        [
            FieldPanel("in_force_from"),
            InlinePanel(
                "steps",
                heading=_("Steps"),
                label=_("Step"),
                panels=[FieldRowPanel([FieldPanel("days_before"), FieldPanel("percent")])],
                help_text=_("Without a step, nothing is due before the first day. From the first day on, the whole price is due."),
            ),
            FieldPanel("is_confirmed"),
        ],
        base_form_class=TermsForm,
    )


class AgreedPriceViewSet(EditableViewSet):
    """Organisations whose people pay less."""

    model = AgreedPrice
    name = "payments_agreed_prices"
    url_prefix = "payments/agreed-prices"
    icon = "group"
    list_display = ("organisation", "percent", "note")
    search_fields = ("organisation__name_fr", "organisation__name_nl")
    form_fields = ("organisation", "percent", "note")


class PaymentsViewSetGroup(ModelViewSetGroup):
    """The menu of who works with money."""

    menu_label = _("Payments")
    menu_icon = "doc-full"
    menu_order = MenuOrder.PAYMENTS
    items = (PaymentRequestViewSet, TransferViewSet, BankFileViewSet, AgreedPriceViewSet, CancellationTermsViewSet)
