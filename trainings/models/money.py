"""Amounts are whole cents: sums are exact on both databases and in JSON (docs/decisions/0031)."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Spaces and apostrophes between thousands, the sign of the currency.
SPACES = re.compile(r"[\s'’€]|EUR", re.IGNORECASE)
AMOUNT = re.compile(r"([+-]?)(\d{1,9}|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+)(?:[.,](\d{1,2}))?", re.ASCII)
# A longer number is no amount of ours.
MOST_CENTS = 99_999_999


def read_cents(text: str) -> int:
    """`1.234,50`, `1 234.5`, `€ 120` in cents. `1.234` is thousands: cents have two digits. Raises ValueError for what is no amount."""
    found = AMOUNT.fullmatch(SPACES.sub("", text))
    if found is None:
        raise ValueError(text)
    sign, whole, fraction = found.groups()
    cents = int(re.sub(r"[.,]", "", whole)) * 100 + int((fraction or "0").ljust(2, "0"))
    return -cents if sign == "-" else cents


def euros(cents: int) -> str:
    """`120 €`, `1 234,50 €`, in the active language."""
    amount = number_format(Decimal(cents) / 100, decimal_pos=2 if cents % 100 else 0, use_l10n=True, force_grouping=True)
    return _("%(amount)s €") % {"amount": amount}


class EuroField(forms.CharField):
    """Euros as people type them; cents as the code counts them."""

    default_error_messages = {"amount": gettext_lazy("Write an amount in euros, like 120 or 120,50.")}  # noqa: RUF012 (Django's own)

    def __init__(self, *, is_signed: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        self.is_signed = is_signed
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "size": "10"}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        return number_format(Decimal(value) / 100, decimal_pos=2 if value % 100 else 0, use_l10n=True)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, int):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            cents = read_cents(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["amount"], code="amount") from error
        if abs(cents) > MOST_CENTS or (cents < 0 and not self.is_signed):
            raise ValidationError(self.error_messages["amount"], code="amount")
        return cents

    def run_validators(self, value: Any) -> None:
        """Those of a text do not apply to a number."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class CentsField(models.PositiveIntegerField):
    """An amount, typed in euros."""

    def formfield(self, **kwargs: Any) -> Any:
        taken: dict[str, Any] = {"label": self.verbose_name, "help_text": self.help_text, "required": not self.blank}
        return EuroField(**(taken | {name: kwargs[name] for name in ("label", "help_text", "required", "initial") if name in kwargs}))
