"""Payment requests and what follows from them: lines, credit notes, payments, reminders. Numbers have no gap."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.be import ogm_vcs

from core.fields import TokenField
from core.languages import Language, language_display
from trainings.models.enrolments import Enrolment
from trainings.models.money import CentsField
from trainings.querysets.payments import PaymentRequestQuerySet


class Payer(models.TextChoices):
    """Who gets the payment request."""

    PERSON = "person", _("the person herself")
    ORGANISATION = "organisation", _("the organisation")


class Tier(models.TextChoices):
    """Which price a line has."""

    FULL = "full", _("full price")
    REDUCED = "reduced", _("reduced price")
    AGREED = "agreed", _("price agreed with the organisation")
    SHARE = "share", _("share due after a cancellation")
    AMOUNT = "amount", _("amount")


class Series(models.TextChoices):
    """What is numbered, each year from 1."""

    REQUEST = "request", _("payment request")
    CREDIT = "credit", _("credit note")


class CreditReason(models.TextChoices):
    """Why something is credited."""

    CANCELLED = "cancelled", _("The enrolment was cancelled.")
    SESSION_CANCELLED = "session_cancelled", _("The session does not take place.")
    CORRECTION = "correction", _("The payment request was wrong.")
    GOODWILL = "goodwill", _("By agreement.")


class BilledParty(models.Model):
    """Who pays, as a document says it."""

    payer = models.CharField(_("who pays"), max_length=12, choices=Payer, default=Payer.ORGANISATION)
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    street = models.CharField(_("street and number"), max_length=160)
    postal_code = models.CharField(_("postal code"), max_length=12)
    city = models.CharField(_("town"), max_length=80)
    country = models.CharField(_("country"), max_length=60, blank=True)
    company_number = models.CharField(_("company or VAT number"), max_length=20, blank=True)
    purchaser_reference = models.CharField(_("reference of the purchaser"), max_length=60, blank=True)

    class Meta:
        abstract = True


PARTY_FIELDS = ("payer", "name", "email", "street", "postal_code", "city", "country", "company_number", "purchaser_reference")


class BillingDetails(BilledParty):
    """What somebody said of who pays for her, before anything is asked for."""

    enrolment = models.OneToOneField(Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="billing")
    claims_reduced = models.BooleanField(_("has a right to the reduced price"), default=False)
    updated_at = models.DateTimeField(_("told at"))

    class Meta:
        verbose_name = _("billing details")
        verbose_name_plural = _("billing details")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"{self.name} ({self.enrolment_id})"


class NumberSeries(models.Model):
    """The latest number given out. Its row is locked by whoever takes the next one, in the transaction of the document."""

    kind = models.CharField(_("kind"), max_length=8, choices=Series)
    year = models.PositiveSmallIntegerField(_("year"))
    latest = models.PositiveIntegerField(_("latest"), default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "year"], name="trainings_number_series_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.latest}"


class PaymentRequest(BilledParty):
    """What somebody is asked to pay, frozen as it was sent. What is still due is counted, never stored."""

    year = models.PositiveSmallIntegerField(_("year"))
    sequence = models.PositiveIntegerField(_("number in the year"))
    token = TokenField(_("key of the link"))
    communication = models.CharField(_("structured communication"), max_length=12, unique=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FR)
    get_language_display = language_display
    issued_at = models.DateTimeField(_("issued at"))
    due_on = models.DateField(_("to be paid by"))
    total_cents = CentsField(_("amount"))
    # Name, address, IBAN… of that day: an old document stays what it was. So do the terms, in words of each language.
    payee = models.JSONField(_("payee"), default=dict)
    terms = models.JSONField(_("cancellation terms as told"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PaymentRequestQuerySet.as_manager()

    if TYPE_CHECKING:
        # Added by the QuerySet: with_balance().
        credited: int
        paid: int
        balance: int

    class Meta:
        ordering: ClassVar = ["-year", "-sequence"]
        verbose_name = _("payment request")
        verbose_name_plural = _("payment requests")
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "sequence"], name="trainings_payment_request_number_once")]

    def terms_in(self, language: str) -> list[str]:
        """In words. Those frozen before there were three languages are in the one of the request."""
        return list(self.terms if isinstance(self.terms, list) else self.terms.get(language, []))

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """`2027-0012`: as printed."""
        return f"{self.year}-{self.sequence:04d}"

    @property
    def communication_label(self) -> str:
        """`+++123/4567/89012+++`: as a Belgian bank shows it."""
        return f"+++{ogm_vcs.format(self.communication)}+++"


class PaymentLine(models.Model):
    """What one person, or one agreed piece of work, costs."""

    request = models.ForeignKey(PaymentRequest, verbose_name=_("payment request"), on_delete=models.CASCADE, related_name="lines")
    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), null=True, blank=True, on_delete=models.PROTECT, related_name="payment_lines"
    )
    description = models.CharField(_("description"), max_length=400)
    tier = models.CharField(_("price"), max_length=8, choices=Tier, default=Tier.FULL)
    amount_cents = CentsField(_("amount"))
    # Wholly credited as wrong: the enrolment can be asked for again.
    is_void = models.BooleanField(_("void"), default=False, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(is_void=False, enrolment__isnull=False),
                name="trainings_enrolment_is_asked_for_once",
            )
        ]

    def __str__(self) -> str:
        return self.description


class CreditNote(models.Model):
    """Takes back a payment request, or a part of it."""

    request = models.ForeignKey(PaymentRequest, verbose_name=_("payment request"), on_delete=models.PROTECT, related_name="credit_notes")
    year = models.PositiveSmallIntegerField(_("year"))
    sequence = models.PositiveIntegerField(_("number in the year"))
    reason = models.CharField(_("reason"), max_length=20, choices=CreditReason)
    issued_at = models.DateTimeField(_("issued at"))
    total_cents = CentsField(_("amount"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-year", "-sequence"]
        verbose_name = _("credit note")
        verbose_name_plural = _("credit notes")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "sequence"], name="trainings_credit_note_number_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"C{self.year}-{self.sequence:04d}"


class CreditLine(models.Model):
    """How much of a line is taken back."""

    note = models.ForeignKey(CreditNote, verbose_name=_("credit note"), on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(PaymentLine, verbose_name=_("line"), on_delete=models.PROTECT, related_name="credits")
    amount_cents = CentsField(_("amount"))
    # What follows from a cancellation by itself, once a line.
    is_automatic = models.BooleanField(_("by itself"), default=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("line of a credit note")
        verbose_name_plural = _("lines of credit notes")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["line"], condition=models.Q(is_automatic=True), name="trainings_line_is_credited_by_itself_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.amount_cents}"


class PaymentReminder(models.Model):
    """A level of reminders that was sent: the row makes it happen once."""

    request = models.ForeignKey(PaymentRequest, verbose_name=_("payment request"), on_delete=models.CASCADE, related_name="reminders")
    level = models.PositiveSmallIntegerField(_("level"))
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        ordering: ClassVar = ["level"]
        verbose_name = _("payment reminder")
        verbose_name_plural = _("payment reminders")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "level"], name="trainings_payment_reminder_once_a_level")]

    def __str__(self) -> str:
        return f"{self.request} · {self.level}"
