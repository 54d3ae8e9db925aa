"""The form of the number."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import PublicForm
from trainings.attendance.accreditation.numbers import compact, is_valid


class AccreditationNumberForm(PublicForm):
    """Optional: an empty field takes the number back."""

    scope = "accreditation"
    is_timed = False

    number = forms.CharField(
        label=_("RIZIV/INAMI number"),
        required=False,
        max_length=30,
        help_text=_("11 digits, for example 1-23456-78-004. Leave it empty to take it back."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "size": "16"}),
    )

    def clean_number(self) -> str:
        typed: str = self.cleaned_data["number"]
        number = compact(typed)
        if typed.strip() and not is_valid(number):
            raise ValidationError(_("This is not a RIZIV/INAMI number: a digit is missing, too many or mistyped."), code="invalid")
        return number
