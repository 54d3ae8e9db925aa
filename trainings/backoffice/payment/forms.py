"""Forms about money for staff. Each provides the arguments of one service."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from core import clock
from core.forms import EmailField
from core.languages import IN_THE_READERS_LANGUAGE
from trainings.models import CreditReason, Payer, PaymentLine, PaymentRequest
from trainings.models.money import EuroField, euros
from trainings.payment.billing import Party
from trainings.payment.credit import left_of
from trainings.payment.forms import validate_company_number

LONGEST_FILE = 5 * 1024 * 1024


class PartyForm(forms.Form):
    """Who is asked to pay, and in which language."""

    payer = forms.ChoiceField(label=gettext_lazy("Who pays"), choices=Payer.choices, widget=forms.RadioSelect, initial=Payer.ORGANISATION)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    email = EmailField(
        label=gettext_lazy("E-mail address"), required=False, help_text=gettext_lazy("Empty: no mail leaves, the document goes by post.")
    )
    street = forms.CharField(label=gettext_lazy("Street and number"), max_length=160)
    postal_code = forms.CharField(label=gettext_lazy("Postal code"), max_length=12)
    city = forms.CharField(label=gettext_lazy("Town"), max_length=80)
    country = forms.CharField(label=gettext_lazy("Country, if not Belgium"), max_length=60, required=False)
    company_number = forms.CharField(
        label=gettext_lazy("Company or VAT number"), max_length=20, required=False, validators=[validate_company_number]
    )
    purchaser_reference = forms.CharField(label=gettext_lazy("Reference of the purchaser"), max_length=60, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=IN_THE_READERS_LANGUAGE)

    def party(self) -> Party:
        return Party(**{name: self.cleaned_data[name] for name in Party.__slots__})


class AmountForm(PartyForm):
    """Agreed work that is no seat of one person."""

    field_order = ("description", "amount")

    description = forms.CharField(label=gettext_lazy("What for"), max_length=400)
    amount = EuroField(label=gettext_lazy("Amount in euros"))


class PaymentForm(forms.Form):
    """Money that came in, or went back."""

    amount = EuroField(label=gettext_lazy("Amount in euros"), is_signed=True, help_text=gettext_lazy("With a minus: money given back."))
    received_on = forms.DateField(label=gettext_lazy("Day"), widget=AdminDateInput)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def clean_received_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["received_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class CreditForm(forms.Form):
    """How much of each line is taken back, and why."""

    def __init__(self, *args: Any, lines: list[PaymentLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            left = left_of(line)
            told = _("Up to %(amount)s.") % {"amount": euros(left)}
            self.fields[f"line_{line.pk}"] = EuroField(label=line.description, required=False, initial=left, help_text=told)
        self.fields["reason"] = forms.ChoiceField(
            label=_("Reason"),
            choices=CreditReason.choices,
            initial=CreditReason.CORRECTION,
            help_text=_("“The payment request was wrong”: what is taken back as a whole can be asked for again."),
        )

    def amounts(self) -> dict[int, int]:
        """What `credit_lines` asks for."""
        return {line.pk: self.cleaned_data[f"line_{line.pk}"] or 0 for line in self.lines}


class JournalForm(forms.Form):
    """A period, and how to write it."""

    first = forms.DateField(label=gettext_lazy("From"), widget=AdminDateInput)
    last = forms.DateField(label=gettext_lazy("To"), widget=AdminDateInput)
    format = forms.ChoiceField(
        label=gettext_lazy("File format"), choices=[("xlsx", "XLSX"), ("csv", "CSV")], widget=forms.RadioSelect, initial="xlsx"
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("first") and cleaned.get("last") and cleaned["first"] > cleaned["last"]:
            self.add_error("last", _("The last day comes before the first."))
        return cleaned


class BankFileForm(forms.Form):
    """A file of the bank."""

    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("CODA, camt.053 (XML), CSV or XLSX; at most 5 MB."))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LONGEST_FILE:
            raise forms.ValidationError(_("The file is larger than %(size)s MB.") % {"size": LONGEST_FILE // (1024 * 1024)})
        return file


class AllocateForm(forms.Form):
    """Which request a transfer pays, and how much of it."""

    request = forms.ModelChoiceField(label=gettext_lazy("Payment request"), queryset=PaymentRequest.objects.none())
    amount = EuroField(label=gettext_lazy("Amount in euros"))

    def __init__(self, *args: Any, requests: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["request"]
        field.queryset = requests
        field.label_from_instance = lambda row: f"{row.label} · {row.name} · {euros(row.balance)}"


class SettleForm(forms.Form):
    """Why a transfer pays no request."""

    note = forms.CharField(label=gettext_lazy("Why it pays no request"), max_length=200)


class TermsForm(WagtailAdminModelForm):
    """New terms hold for who enrols from a day to come: nobody's terms change after she read them."""

    def clean_in_force_from(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["in_force_from"]
        if day <= clock.today():
            raise forms.ValidationError(_("Choose a day to come: who enrolled before keeps the terms she read."))
        return day
