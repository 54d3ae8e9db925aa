"""Payment requests in the admin: the listing, one with its lines, payments and credit notes, the journal for the accountant."""

import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton

from core import clock
from core.backoffice.confirm import ConfirmView
from core.backoffice.listing import DayColumn, FigureColumn, IndexView, InspectView
from core.backoffice.next_step import NextStep
from core.backoffice.permissions import RequiresPermission
from core.backoffice.screens import ListingScreen, RowsMixin
from core.models import OutgoingMail
from trainings.backoffice.attendance.documents import pdf
from trainings.backoffice.payment.forms import JournalForm
from trainings.backoffice.permissions import CHANGE_PAYMENT_SETTINGS, CHANGE_PAYMENTS, REQUEST_PAYMENTS, VIEW_ENROLMENTS, VIEW_PAYMENTS
from trainings.models import CreditNote, PaymentRequest
from trainings.models.money import euros
from trainings.payment.documents import credit_note_pdf, party_lines, payment_request_pdf
from trainings.payment.journal import entries, journal_csv, journal_xlsx
from trainings.payment.selectors import standing

CENTS = ("total_cents", "credited", "paid", "balance")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PaymentInspectView(InspectView):
    """The page of a row about money; its actions are in the URLs of the payments."""

    def action_url(self, name: str) -> str:
        return reverse(f"payments_backoffice:{name}", args=[self.object.pk])


class PaymentRequestRows(RowsMixin):
    """All requests, with what is due of each."""

    def rows_for(self, user: Any) -> QuerySet[PaymentRequest]:
        return PaymentRequest.objects.with_balance().select_related("by")

    def object_name(self, row: Any) -> str:
        return str(row.label)


class PaymentRequestIndexView(PaymentRequestRows, IndexView):
    """The latest first; what is due of each is counted in the listing's one query."""

    default_ordering = "-issued_at"
    search_fields = ("name", "communication", "purchaser_reference", "lines__description")
    list_display = (
        TitleColumn("label", label=gettext_lazy("Number"), url_name="payments_requests:inspect"),
        Column("name", label=gettext_lazy("Billed to"), sort_key="name"),
        DayColumn("issued_at", label=gettext_lazy("Issued"), sort_key="issued_at"),
        DayColumn("due_on", label=gettext_lazy("To be paid by"), sort_key="due_on"),
        FigureColumn("total_cents", label=gettext_lazy("Amount"), accessor=lambda row: euros(row.total_cents), sort_key="total_cents"),
        StatusTagColumn(
            "standing",
            label=gettext_lazy("Status"),
            accessor=lambda row: standing(row, today=clock.today()),
            sort_key="balance",
            primary=lambda row: row.balance == 0,
        ),
    )
    list_export = (
        "label",
        "issued_at",
        "due_on",
        "name",
        "email",
        "company_number",
        "purchaser_reference",
        "communication",
        *CENTS,
    )
    export_headings = {  # noqa: RUF012 (Wagtail's attribute)
        "label": gettext_lazy("Number"),
        "name": gettext_lazy("Billed to"),
        "total_cents": gettext_lazy("Amount"),
        "credited": gettext_lazy("Taken back"),
        "paid": gettext_lazy("Paid"),
        "balance": gettext_lazy("Open"),
    }

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """Amounts in euros, as numbers."""
        row: dict[str, Any] = super().to_row_dict(item)
        return row | {name: Decimal(row[name]) / 100 for name in CENTS}

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        offered = [
            (REQUEST_PAYMENTS, _("Ask for an amount"), "request_amount", "plus"),
            (VIEW_PAYMENTS, _("Export for the accountant"), "journal", "download"),
            (CHANGE_PAYMENT_SETTINGS, _("Payment settings"), "payment_settings", "cog"),
        ]
        for place, (permission, label, name, icon) in enumerate(offered, start=1):
            if self.request.user.has_perm(permission):
                buttons.append(Button(label, url=reverse(f"payments_backoffice:{name}"), icon_name=icon, priority=100 + place))
        return buttons


class PaymentRequestInspectView(PaymentRequestRows, PaymentInspectView):
    """One request: what for, what came in, what was taken back, which mails left."""

    template_name = "trainings/backoffice/payment/request_inspect.html"
    page_title = gettext_lazy("Payment request")

    @cached_property
    def header_buttons(self) -> list[Any]:
        url = reverse("payments_backoffice:payment_request_pdf", args=[self.object.pk])
        return [HeaderButton(_("Open the PDF"), url=url, icon_name="download", priority=10)]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        changes = self.request.user.has_perm(CHANGE_PAYMENTS)
        asks = self.request.user.has_perm(REQUEST_PAYMENTS) and bool(self.object.email)
        is_left = self.object.credited < self.object.total_cents
        steps = [
            (changes, _("Note a payment"), "note_payment", "plus"),
            (changes and is_left, _("Take back"), "credit_payment_request", "undo"),
            (asks, _("Send the mail again"), "resend_payment_request", "mail"),
        ]
        return self.action_buttons(steps)

    def next_step(self) -> NextStep | None:
        if self.request.user.has_perm(CHANGE_PAYMENTS) and self.object.balance > 0:
            return NextStep(label=_("Note a payment"), url=self.action_url("note_payment"), icon="plus")
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request = self.object
        return super().get_context_data(**kwargs) | {
            "party": party_lines(request),
            "standing": standing(request, today=clock.today()),
            "lines": request.lines.select_related("enrolment"),
            "links_enrolments": self.request.user.has_perm(VIEW_ENROLMENTS),
            "payments": request.payments.select_related("transfer", "by"),
            "notes": request.credit_notes.select_related("by"),
            "reminders": request.reminders.all(),
            "mails": OutgoingMail.objects.about_row(request),
        }


class PaymentPdfView(RequiresPermission, View):
    """The document as its reader has it."""

    permission = VIEW_PAYMENTS
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        row = get_object_or_404(PaymentRequest, pk=pk)
        return pdf(payment_request_pdf(row), f"smes-{row.label}")


class CreditNotePdfView(RequiresPermission, View):
    """A credit note."""

    permission = VIEW_PAYMENTS
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        note = get_object_or_404(CreditNote.objects.select_related("request"), pk=pk)
        return pdf(credit_note_pdf(note), f"smes-{note.label}")


class JournalView(ListingScreen, ConfirmView):
    """Every document and payment of a period, for the accountant's own program."""

    model = PaymentRequest
    viewset_name = "payments_requests"
    permission = VIEW_PAYMENTS
    form_class = JournalForm
    action_label = gettext_lazy("Download")
    page_title = gettext_lazy("Export for the accountant")
    header_icon = "download"

    def get_initial(self) -> dict[str, Any]:
        today = clock.today()
        return {"first": today.replace(month=1, day=1), "last": today, "format": "xlsx"}

    def effects(self) -> list[str]:
        return [_("A row for each payment request, credit note and payment. What was credited or paid is below nothing.")]

    def form_valid(self, form: Any) -> HttpResponse:
        first, last, kind = (form.cleaned_data[name] for name in ("first", "last", "format"))
        found = entries(first=first, last=last)
        content, type_ = (journal_csv(found), "text/csv; charset=utf-8") if kind == "csv" else (journal_xlsx(found), XLSX)
        headers = {"Content-Disposition": f'attachment; filename="{_filename(first, last)}.{kind}"', "Cache-Control": "no-store"}
        return HttpResponse(content, content_type=type_, headers=headers)


def _filename(first: datetime.date, last: datetime.date) -> str:
    return f"smes-payments-{first:%Y%m%d}-{last:%Y%m%d}"
