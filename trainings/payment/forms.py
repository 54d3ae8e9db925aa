"""Public forms about money. Each provides the arguments of one service."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.be import vat
from stdnum.eu import vat as european_vat
from stdnum.exceptions import ValidationError as NotANumber

from core.forms import EmailField, EmailLimitMixin, PublicForm, refuse_web_address, validate_name
from trainings.models import Enrolment, Payer
from trainings.payment.billing import Party, known_party

PAYERS = [(Payer.ORGANISATION, _("My organisation")), (Payer.PERSON, _("I pay myself"))]


def validate_company_number(text: str) -> None:
    """A Belgian number with or without BE, or a VAT number of another country of the Union."""
    try:
        (european_vat if text[:2].isalpha() and not text.upper().startswith("BE") else vat).validate(text)
    except NotANumber as error:
        raise ValidationError(_("This is no company or VAT number: check its digits."), code="invalid") from error


def text_field(label: Any, length: int, *, autocomplete: str, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A short text without a web address: it stands in mails and on paper."""
    return forms.CharField(
        label=label,
        max_length=length,
        required=required,
        help_text=help_text,
        validators=[refuse_web_address],
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
    )


class BillingForm(EmailLimitMixin, PublicForm):
    """Who pays. Sent, the payment request leaves at once where there is a seat."""

    scope = "billing"
    is_timed = False

    payer = forms.ChoiceField(label=_("Who pays?"), choices=PAYERS, widget=forms.RadioSelect, initial=Payer.ORGANISATION)
    name = text_field(_("Name of the organisation or person who pays"), 160, autocomplete="organization")
    email = EmailField(label=_("E-mail address for the payment request"), help_text=_("For example that of your accounts department."))
    street = text_field(_("Street and number"), 160, autocomplete="address-line1")
    postal_code = text_field(_("Postal code"), 12, autocomplete="postal-code")
    city = text_field(_("Town"), 80, autocomplete="address-level2")
    country = text_field(_("Country, if not Belgium"), 60, autocomplete="country-name", required=False)
    company_number = forms.CharField(
        label=_("Company or VAT number"),
        max_length=20,
        required=False,
        help_text=_("For an organisation that has one. It looks like 0123.456.749."),
        validators=[validate_company_number],
    )
    purchaser_reference = text_field(
        _("Your reference"),
        60,
        autocomplete="off",
        required=False,
        help_text=_("An order number, for example. It can be added later by the link in the mail."),
    )
    claims_reduced = forms.BooleanField(label=_("I have a right to the reduced price"), required=False)

    def __init__(self, *args: Any, known: Mapping[str, Any], reduced_words: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial=dict(known), **kwargs)
        self.fields["name"].validators.append(validate_name)
        if reduced_words:
            self.fields["claims_reduced"].help_text = reduced_words
        else:
            del self.fields["claims_reduced"]

    @staticmethod
    def known_of(enrolment: Enrolment) -> dict[str, Any]:
        """What was told before, or what the enrolment says."""
        known = known_party(enrolment)
        if known:
            return {name: getattr(known, name) for name in Party.__slots__}
        return {"name": enrolment.organisation_label, "email": enrolment.email}

    def party(self) -> Party:
        """Who is asked to pay."""
        return Party(**{name: self.cleaned_data[name] for name in Party.__slots__})

    @property
    def is_reduced(self) -> bool:
        return bool(self.cleaned_data.get("claims_reduced"))


class ReferenceForm(PublicForm):
    """The purchaser's own number."""

    scope = "purchaser-reference"
    is_timed = False

    purchaser_reference = text_field(
        _("Your reference"), 60, autocomplete="off", help_text=_("An order number, for example. We print it on the payment request.")
    )
