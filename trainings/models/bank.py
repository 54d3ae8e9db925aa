"""Files of the bank, the transfers in them, and the payments they become."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trainings.models.payments import PaymentRequest
from trainings.querysets.payments import BankLineQuerySet


class BankFormat(models.TextChoices):
    """How the bank wrote it."""

    CODA = "coda", "CODA"
    CAMT = "camt", "camt.053"
    TABLE = "table", _("table (CSV or XLSX)")


class LineOutcome(models.TextChoices):
    """What became of a line of a file."""

    PAID = "paid", _("paid in full")
    PARTLY = "partly", _("paid in part")
    SPLIT = "split", _("paid several requests")
    TOO_MUCH = "too_much", _("more than was due")
    UNKNOWN = "unknown", _("no request found")
    ALREADY_PAID = "already_paid", _("nothing was due any more")
    TWIN = "twin", _("the same as another line: please check")
    DUPLICATE = "duplicate", _("known already")
    OUTGOING = "outgoing", _("money that leaves")
    UNREADABLE = "unreadable", _("not readable")


class BankFile(models.Model):
    """One file somebody brought."""

    filename = models.CharField(_("file"), max_length=120)
    format = models.CharField(_("format"), max_length=6, choices=BankFormat)
    written_as = models.CharField(_("written as"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("uploaded at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("bank file")
        verbose_name_plural = _("bank files")

    def __str__(self) -> str:
        return self.filename


class BankLine(models.Model):
    """One transfer that came in, whatever file told of it. The fingerprint makes it one."""

    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True)
    account = models.CharField(_("own account"), max_length=34, blank=True)
    booked_on = models.DateField(_("day"))
    amount_cents = models.PositiveIntegerField(_("amount in cents"))
    counterparty_name = models.CharField(_("from"), max_length=140, blank=True)
    counterparty_account = models.CharField(_("from account"), max_length=34, blank=True)
    communication = models.CharField(_("communication"), max_length=300, blank=True)
    # Somebody looked at it and it pays no request: a gift, a mistake, given back.
    settled_note = models.CharField(_("why it pays no request"), max_length=200, blank=True)

    objects = BankLineQuerySet.as_manager()

    if TYPE_CHECKING:
        # Added by the QuerySet: with_rest().
        used: int
        rest: int

    class Meta:
        ordering: ClassVar = ["booked_on", "pk"]
        verbose_name = _("incoming transfer")
        verbose_name_plural = _("incoming transfers")

    def __str__(self) -> str:
        return f"{self.booked_on:%Y-%m-%d} · {self.counterparty_name or self.counterparty_account or '–'}"


class BankFileLine(models.Model):
    """A line of the report of a file: what became of it."""

    bank_file = models.ForeignKey(BankFile, verbose_name=_("bank file"), on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=LineOutcome)
    amount_cents = models.IntegerField(_("amount in cents"), default=0)
    text = models.CharField(_("what it says"), max_length=300, blank=True)
    transfer = models.ForeignKey(
        BankLine, verbose_name=_("transfer"), null=True, blank=True, on_delete=models.CASCADE, related_name="file_lines"
    )

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("line of a bank file")
        verbose_name_plural = _("lines of bank files")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["bank_file", "number"], name="trainings_bank_file_line_once")]

    def __str__(self) -> str:
        return f"{self.number}: {self.outcome}"


class Payment(models.Model):
    """Money for one request: from a transfer, or noted by hand. Less than nothing: money given back."""

    request = models.ForeignKey(PaymentRequest, verbose_name=_("payment request"), on_delete=models.PROTECT, related_name="payments")
    transfer = models.ForeignKey(
        BankLine, verbose_name=_("transfer"), null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )
    amount_cents = models.IntegerField(_("amount in cents"))
    received_on = models.DateField(_("day"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    noted_at = models.DateTimeField(_("noted at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["received_on", "pk"]
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request", "transfer"], condition=models.Q(transfer__isnull=False), name="trainings_transfer_pays_a_request_once"
            ),
            models.CheckConstraint(condition=~models.Q(amount_cents=0), name="trainings_payment_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.request} · {self.amount_cents}"
