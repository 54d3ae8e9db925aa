"""Bank files and the transfers in them: bring a file, read its report, settle what found no request."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.confirm import ConfirmView
from core.backoffice.listing import DayColumn, Fact, FigureColumn, IndexView, InspectView, facts, link_to
from core.backoffice.next_step import NextStep
from core.backoffice.permissions import staff
from core.backoffice.screens import ListingScreen, RowsMixin
from core.imports.errors import CannotRead
from core.text.dates import written
from trainings.backoffice.payment.forms import AllocateForm, BankFileForm, SettleForm
from trainings.backoffice.payment.requests import PaymentInspectView
from trainings.backoffice.permissions import ADD_BANK_FILES, SETTLE_TRANSFERS
from trainings.models import BankFile, BankLine, LineOutcome, PaymentRequest
from trainings.models.money import euros
from trainings.payment.bank.importing import import_bank_file
from trainings.payment.bank.matching import suggestions
from trainings.payment.payments import NotSoMuch, note_payment, settle_transfer

LINES_A_PAGE = 100
# What somebody has to look at, first in the report.
TO_DO = (LineOutcome.UNKNOWN, LineOutcome.TWIN, LineOutcome.TOO_MUCH, LineOutcome.ALREADY_PAID, LineOutcome.UNREADABLE)


class BankFileIndexView(IndexView):
    """Every file, the latest first."""

    FORMATS: Any = ()
    default_ordering = "-created_at"
    list_display = (
        TitleColumn("filename", label=gettext_lazy("File"), url_name="payments_bank_files:inspect"),
        Column("format", label=gettext_lazy("File format"), accessor="get_format_display"),
        DayColumn("created_at", label=gettext_lazy("Uploaded"), sort_key="created_at"),
        Column("by", label=gettext_lazy("By"), accessor=lambda row: row.by or "–"),
    )

    @cached_property
    def header_buttons(self) -> list[Any]:
        url = reverse("payments_backoffice:bring_bank_file")
        is_offered = self.request.user.has_perm(ADD_BANK_FILES)
        return [HeaderButton(_("Bring a bank file"), url=url, icon_name="upload", priority=10)] if is_offered else []


class BringBankFileView(ListingScreen, ConfirmView):
    """A file, written at once: what is certain becomes payments, the rest becomes work."""

    model = BankFile
    viewset_name = "payments_bank_files"
    permission = ADD_BANK_FILES
    form_class = BankFileForm
    page_title = gettext_lazy("Bring a bank file")
    action_label = gettext_lazy("Bring the file")
    header_icon = "upload"

    def effects(self) -> list[str]:
        return [
            _("Transfers with a structured communication of ours become payments; all others wait for you in the work list."),
            _("A transfer that is known already is never counted again: bring the same days twice without fear."),
            _("A table names its columns in the first lines: a day and an amount at least."),
        ]

    def form_valid(self, form: Any) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            bank_file = import_bank_file(content=file.read(), filename=file.name, now=clock.now(), by=staff(self.request))
        except CannotRead as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        log(bank_file, "trainings.bring_bank_file", user=staff(self.request), title=str(bank_file.pk))
        return redirect(reverse("payments_bank_files:inspect", args=[bank_file.pk]))


class BankFileInspectView(InspectView):
    """The report of one file: a line for each of its lines."""

    template_name = "trainings/backoffice/payment/bank_file_inspect.html"
    page_title = gettext_lazy("Bank file")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = dict(self.object.lines.order_by().values_list("outcome").annotate(Count("pk")))
        wanted = self.request.GET.get("outcome", "")
        lines = self.object.lines.select_related("transfer").prefetch_related("transfer__payments__request")
        if wanted in LineOutcome.values:
            lines = lines.filter(outcome=wanted)
        return super().get_context_data(**kwargs) | {
            "counts": [(outcome, counted[outcome]) for outcome in LineOutcome if counted.get(outcome)],
            "lines": Paginator(lines, LINES_A_PAGE).get_page(self.request.GET.get("p")),
            "outcome": wanted if wanted in LineOutcome.values else "",
            "to_do": sum(counted.get(outcome, 0) for outcome in TO_DO),
            "settles": self.request.user.has_perm(SETTLE_TRANSFERS),
        }


class TransferRows(RowsMixin):
    """All transfers, with what of each pays no request yet."""

    def rows_for(self, user: Any) -> QuerySet[BankLine]:
        return BankLine.objects.with_rest()


def transfer_state(row: Any) -> str:
    """In words, in the reader's language."""
    if row.settled_note:
        return _("settled")
    if row.rest == 0:
        return _("used")
    return _("%(amount)s to settle") % {"amount": euros(row.rest)}


def payer_of(transfer: BankLine) -> str:
    """Who paid it, as far as the bank says."""
    return transfer.counterparty_name or transfer.counterparty_account or "–"


class TransferIndexView(TransferRows, IndexView):
    """The work list: what is still to settle comes first."""

    search_fields = ("counterparty_name", "counterparty_account", "communication")
    list_display = (
        TitleColumn("label", label=gettext_lazy("From"), accessor=payer_of, url_name="payments_transfers:inspect"),
        DayColumn("booked_on", label=gettext_lazy("Day"), sort_key="booked_on"),
        FigureColumn("amount_cents", label=gettext_lazy("Amount"), accessor=lambda row: euros(row.amount_cents), sort_key="amount_cents"),
        Column("communication", label=gettext_lazy("Communication")),
        StatusTagColumn(
            "state", label=gettext_lazy("Status"), accessor=transfer_state, primary=lambda row: bool(row.settled_note) or row.rest == 0
        ),
    )
    list_export = ("booked_on", "amount_cents", "rest", "counterparty_name", "counterparty_account", "communication", "settled_note")
    export_headings: ClassVar = {"rest": gettext_lazy("To settle, in cents")}

    def order_queryset(self, queryset: Any) -> Any:
        return (
            super().order_queryset(queryset) if "ordering" in self.request.GET else queryset.order_by("settled_note", "-rest", "booked_on")
        )


class TransferInspectView(TransferRows, PaymentInspectView):
    """One transfer: what it says, what it paid, what it may pay."""

    page_title = gettext_lazy("Incoming transfer")

    def get_fields_context(self) -> list[Fact]:
        row = self.object
        paid = [(each.request, each.amount_cents) for each in row.payments.select_related("request")]
        return facts(
            (_("Day"), written(row.booked_on)),
            (_("Amount"), euros(row.amount_cents)),
            (_("From"), row.counterparty_name),
            (_("From account"), row.counterparty_account),
            (_("Communication"), row.communication),
            (_("Status"), transfer_state(row)),
            (_("Why it pays no request"), row.settled_note),
            *(
                (_("Pays"), link_to(reverse("payments_requests:inspect", args=[request.pk]), f"{request.label}: {euros(cents)}"))
                for request, cents in paid
            ),
        )

    @property
    def _is_open(self) -> bool:
        return self.object.rest > 0 and not self.object.settled_note and self.request.user.has_perm(SETTLE_TRANSFERS)

    def next_step(self) -> NextStep | None:
        return (
            NextStep(label=_("Say which request it pays"), url=self.action_url("allocate_transfer"), icon="check")
            if self._is_open
            else None
        )

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return self.action_buttons([(self._is_open, _("It pays no request"), "settle_transfer", "cross")])


class TransferActionView(TransferRows, ObjectActionView[BankLine]):
    """An action on one transfer."""

    model = BankLine
    viewset_name = "payments_transfers"
    permission = SETTLE_TRANSFERS
    header_icon = "doc-full"

    def log_title(self) -> str:
        return str(self.object.pk)

    def effects(self) -> list[str]:
        row = self.object
        told = " · ".join(each for each in (row.counterparty_name, row.counterparty_account, row.communication) if each)
        return [_("To settle: %(amount)s.") % {"amount": euros(row.rest)}, told]


class AllocateTransferView(TransferActionView):
    """A person says which request it pays. Several: once for each."""

    action_label = gettext_lazy("Note the payment")
    page_title = gettext_lazy("Which request does it pay?")
    form_class = AllocateForm
    log_action = "trainings.allocate_transfer"
    done = gettext_lazy("The payment is noted.")
    refusals: ClassVar = {NotSoMuch: gettext_lazy("So much of this transfer is not left.")}

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = PaymentRequest.objects.unpaid()
        return super().get_form_kwargs() | {"requests": rows}

    def get_initial(self) -> dict[str, Any]:
        likely = suggestions(self.object)
        amount = min(self.object.rest, likely[0].balance) if likely else self.object.rest
        return {"request": likely[0].pk if likely else None, "amount": amount}

    def step(self, form: Any) -> None:
        note_payment(
            request=form.cleaned_data["request"],
            cents=form.cleaned_data["amount"],
            received_on=self.object.booked_on,
            transfer=self.object,
            now=clock.now(),
            by=staff(self.request),
        )


class SettleTransferView(TransferActionView):
    """It pays no request: a gift, a mistake that is given back."""

    action_label = gettext_lazy("It pays no request")
    form_class = SettleForm
    log_action = "trainings.settle_transfer"
    done = gettext_lazy("The transfer has left the work list.")

    def step(self, form: Any) -> None:
        settle_transfer(transfer=self.object, note=form.cleaned_data["note"])
