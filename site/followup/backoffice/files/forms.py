"""Forms of the screens of files. Each provides the arguments of one service."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.backoffice.dates import DateField
from core.personal_details.form import PersonalDetailsMixin
from followup.backoffice.fields import AsksColleagues, ColleagueField, ColleaguesField, DayField
from followup.enums import EventKind
from followup.models import File
from followup.models.files import LONGEST_EVENT


class EventForm(PersonalDetailsMixin, forms.Form):
    """What was done: the kind is the button that was pressed, the day is today; the rest may stay open."""

    checked_texts = ("label",)

    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=EventKind)
    held_on = DayField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        required=False,
        min_value=1,
        max_value=LONGEST_EVENT,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    people = forms.IntegerField(
        label=gettext_lazy("How many people met"),
        required=False,
        min_value=0,
        max_value=1000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    label = forms.CharField(
        label=gettext_lazy("Short label"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("For example: with the direction."),
    )

    def __init__(self, *args: Any, file: File, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file = file

    def clean_held_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["held_on"]
        if day < self.file.opened_on:
            raise forms.ValidationError(_("The file was opened later than this day."))
        if self.file.closed_on and day > self.file.closed_on:
            raise forms.ValidationError(_("The file was closed before this day: take it up again first."))
        return day

    def event_data(self) -> dict[str, Any]:
        """What `log_event` asks for."""
        return self.cleaned_data | {"kind": EventKind(self.cleaned_data["kind"])}


class NextStepForm(PersonalDetailsMixin, AsksColleagues):
    """Who does what next."""

    checked_texts = ("next_step",)

    next_step = forms.CharField(label=gettext_lazy("Next step"), max_length=200, required=False)
    on = DateField(label=gettext_lazy("By when"), required=False)
    who = ColleagueField(label=gettext_lazy("Who does it"), required=False)


class TeamForm(AsksColleagues):
    """Who works on it."""

    team = ColleaguesField(label=gettext_lazy("Team"), help_text=gettext_lazy("Only the team and the direction read the file."))
