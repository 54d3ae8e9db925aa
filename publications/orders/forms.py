"""The public order form of paper copies."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import EmailField, EmailLimitMixin, PersonNameMixin, PublicForm, refuse_web_address
from core.languages import Language, current_language
from publications.enums import Purpose
from publications.models import Edition
from publications.orders.selectors import Stock
from publications.orders.services import OrderData


class OrderForm(PersonNameMixin, EmailLimitMixin, PublicForm):
    """Free copies by post: how many, what for, where to."""

    scope = "order-copies"

    copies = forms.IntegerField(
        label=_("How many copies?"), min_value=1, widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "input--short"})
    )
    purpose = forms.ChoiceField(
        label=_("What are they for?"),
        choices=Purpose,
        help_text=_("We count this once a year, without names, for those who fund us."),
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("First name and family name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    organisation = forms.CharField(
        label=_("Your organisation"),
        max_length=200,
        required=False,
        validators=[refuse_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    street = forms.CharField(
        label=_("Street and number, box"),
        max_length=160,
        validators=[refuse_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    postal_code = forms.RegexField(
        label=_("Postal code"),
        regex=r"^\s*(?:[Bb]-?\s?)?[1-9]\d{3}\s*$",
        max_length=10,
        help_text=_("Four digits: we send to Belgium only."),
        error_messages={"invalid": _("Type the four digits of a Belgian postal code, for example 1030.")},
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric", "size": "6"}),
    )
    municipality = forms.CharField(
        label=_("Municipality"),
        max_length=80,
        validators=[refuse_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    email = EmailField(label=_("Your e-mail address"), help_text=_("We write when the copies leave, with a link to cancel."))

    def __init__(self, *args: Any, edition: Edition, stock: Stock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who asks for more than is left would wait, and everybody after her, while copies lie on the shelf.
        self.most = min(edition.copies_per_order, stock.copies) if stock.has_room_for(1) else edition.copies_per_order
        copies: Any = self.fields["copies"]
        copies.widget.attrs |= {"min": 1, "max": self.most}
        copies.help_text = self._at_most()
        self.initial.setdefault("copies", 1)

    def _at_most(self) -> str:
        return _("At most %(most)s an order. Do you need more? Write to us.") % {"most": self.most}

    def clean_copies(self) -> int:
        copies: int = self.cleaned_data["copies"]
        if copies > self.most:
            raise ValidationError(self._at_most(), code="most")
        return copies

    def clean_postal_code(self) -> str:
        return "".join(char for char in self.cleaned_data["postal_code"] if char.isdigit())

    def order_data(self) -> OrderData:
        """What `order_copies` asks for."""
        language = current_language()
        names = ("copies", "name", "email", "organisation", "street", "postal_code", "municipality")
        answers: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        return OrderData(
            **answers, purpose=Purpose(self.cleaned_data["purpose"]), language=language if language in Language.values else "fr"
        )
