"""Days and moments in the forms of the back-office: read as people type them in Belgium, refused with words, never guessed."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import get_format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from core import clock

# Works are older than the house; what is planned is not planned for a generation.
EARLIEST_YEAR = 1900
YEARS_AHEAD = 20


def refuse_unlikely_year(day: datetime.date) -> None:
    """A year of two or three digits, or one too far away, is a slip of the hand."""
    latest = clock.today().year + YEARS_AHEAD
    if not EARLIEST_YEAR <= day.year <= latest:
        limits = {"year": f"{day.year:04}", "earliest": EARLIEST_YEAR, "latest": latest}
        raise ValidationError(_("The year %(year)s cannot be right: write one between %(earliest)s and %(latest)s.") % limits, code="year")


class DateField(forms.DateField):
    """A day, `19/01/2027`."""

    widget = AdminDateInput
    default_validators: ClassVar[list[Any]] = [refuse_unlikely_year]
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": gettext_lazy("This day cannot be read. Write it like this: 19/01/2027."),
    }


class DateTimeField(forms.DateTimeField):
    """A day and an hour, `19/01/2027 13:30`. Django takes a day alone for its midnight: nothing of ours begins or closes then."""

    widget = AdminDateTimeInput
    input_formats = get_format_lazy("DATETIME_INPUT_FORMATS")
    default_validators: ClassVar[list[Any]] = [refuse_unlikely_year]
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": gettext_lazy("This day and hour cannot be read. Write them like this: 19/01/2027 13:30."),
    }


def register() -> None:
    """Every form Wagtail makes of a model, those of pages included, asks for days and moments by these fields."""
    register_form_field_override(models.DateField, override={"form_class": DateField, "widget": AdminDateInput})
    register_form_field_override(models.DateTimeField, override={"form_class": DateTimeField, "widget": AdminDateTimeInput})
