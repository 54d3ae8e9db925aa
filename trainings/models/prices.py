"""What every price says: who is paid and how, what a cancellation costs, and what was agreed with an organisation."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from stdnum import bic, iban
from stdnum.be import vat
from stdnum.exceptions import ValidationError as NotANumber

from core.languages import current_language
from core.models import Organisation


def validate_iban(text: str) -> None:
    try:
        iban.validate(text)
    except NotANumber as error:
        raise ValidationError(_("This is no IBAN: check its digits."), code="invalid") from error


def validate_bic(text: str) -> None:
    try:
        bic.validate(text)
    except NotANumber as error:
        raise ValidationError(_("This is no BIC: it has 8 or 11 characters."), code="invalid") from error


def validate_company_number(text: str) -> None:
    try:
        vat.validate(text)
    except NotANumber as error:
        raise ValidationError(_("This is no Belgian company number: check its digits."), code="invalid") from error


class PaymentSettings(models.Model):
    """One row: who is paid, within how many days, when unpaid requests are recalled. Empty, the site asks nobody for money."""

    is_the_one = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(_("name of the payee"), max_length=70, blank=True, help_text=_("As the bank knows it."))
    postal_address = models.TextField(_("address"), max_length=300, blank=True)
    company_number = models.CharField(_("company number"), max_length=20, blank=True, validators=[validate_company_number])
    email = models.EmailField(_("e-mail address for questions about payments"), blank=True)
    iban = models.CharField(_("IBAN"), max_length=42, blank=True, validators=[validate_iban])
    bic = models.CharField(_("BIC"), max_length=11, blank=True, validators=[validate_bic])
    vat_note_fr = models.CharField(_("line about VAT in French"), max_length=200, blank=True)
    vat_note_nl = models.CharField(_("line about VAT in Dutch"), max_length=200, blank=True)
    vat_note_en = models.CharField(_("line about VAT in English"), max_length=200, blank=True)
    reduced_for_fr = models.CharField(_("who pays the reduced price, in French"), max_length=160, blank=True)
    reduced_for_nl = models.CharField(_("who pays the reduced price, in Dutch"), max_length=160, blank=True)
    reduced_for_en = models.CharField(_("who pays the reduced price, in English"), max_length=160, blank=True)
    days_to_pay = models.PositiveSmallIntegerField(_("days to pay"), default=30, validators=[MinValueValidator(1), MaxValueValidator(120)])
    first_reminder = models.PositiveSmallIntegerField(
        _("days after the due day until the first reminder"), default=7, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    second_reminder = models.PositiveSmallIntegerField(
        _("days after the due day until the second reminder"), default=21, validators=[MinValueValidator(2), MaxValueValidator(180)]
    )

    class Meta:
        verbose_name = _("payment settings")
        verbose_name_plural = _("payment settings")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(is_the_one=True), name="trainings_payment_settings_once"),
            models.CheckConstraint(
                condition=models.Q(second_reminder__gt=models.F("first_reminder")), name="trainings_payment_reminders_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(_("payment settings"))

    @classmethod
    def current(cls) -> "PaymentSettings":
        """The row, or the defaults where nobody has filled it in yet."""
        return cls.objects.first() or cls()

    @property
    def can_ask(self) -> bool:
        """Whether a payment request can say whom to pay."""
        return bool(self.name and self.iban)

    @property
    def vat_note(self) -> str:
        return str(getattr(self, f"vat_note_{current_language()}") or self.vat_note_fr)

    @property
    def reduced_for(self) -> str:
        return str(getattr(self, f"reduced_for_{current_language()}") or self.reduced_for_fr)


class CancellationTerms(ClusterableModel):
    """What a cancellation costs, for those who enrol from a day on: what was said when they enrolled holds for them."""

    in_force_from = models.DateField(_("for who enrols from this day on"), unique=True)
    is_confirmed = models.BooleanField(
        _("confirmed by the direction"), default=False, help_text=_("Until then the back-office says that these terms are a proposal.")
    )

    class Meta:
        ordering: ClassVar = ["-in_force_from"]
        verbose_name = _("cancellation terms")
        verbose_name_plural = _("cancellation terms")

    def __str__(self) -> str:
        return f"{self.in_force_from:%Y-%m-%d}"


class CancellationStep(models.Model):
    """Who cancels fewer than so many days before the first day owes this share. From the first day on, the whole price is due."""

    terms = ParentalKey(CancellationTerms, verbose_name=_("terms"), on_delete=models.CASCADE, related_name="steps")
    days_before = models.PositiveSmallIntegerField(
        _("cancelled fewer than so many days before"), validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    percent = models.PositiveSmallIntegerField(_("share of the price that is due, in percent"), validators=[MaxValueValidator(100)])

    class Meta:
        ordering: ClassVar = ["-days_before"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["terms", "days_before"], name="trainings_cancellation_step_once"),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="trainings_cancellation_at_most_all"),
        ]

    def __str__(self) -> str:
        return f"< {self.days_before}: {self.percent} %"


class AgreedPrice(models.Model):
    """People of this organisation pay this share of the full price. 0: they pay nothing."""

    organisation = models.OneToOneField(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="agreed_training_price"
    )
    percent = models.PositiveSmallIntegerField(
        _("share of the full price, in percent"), validators=[MaxValueValidator(100)], help_text=_("0: nothing to pay.")
    )
    note = models.CharField(_("note for the team"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["organisation__name_fr"]
        verbose_name = _("price agreed with an organisation")
        verbose_name_plural = _("prices agreed with organisations")
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(percent__lte=100), name="trainings_agreed_price_at_most_all")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.percent} %"
