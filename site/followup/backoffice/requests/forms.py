"""Forms of the screens of requests. Each provides the arguments of one service."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.languages import IN_THE_READERS_LANGUAGE
from core.models import Sector
from core.personal_details.form import PersonalDetailsMixin
from followup.backoffice.fields import AsksColleagues, ColleagueField, ColleaguesField, DayField
from followup.enums import Origin, Pillar, Reason
from followup.models import Request
from followup.requests.receive import RequestData

NOT_KNOWN = ("", gettext_lazy("not known yet"))
ORGANISATIONS = {"list": "organisations", "autocomplete": "off"}


class FactsForm(forms.Form):
    """What the yearly figures ask of a request."""

    organisation_name = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Names of the directory are suggested. Empty: somebody asks alone."),
        widget=forms.TextInput(attrs=ORGANISATIONS),
    )
    service = forms.CharField(
        label=gettext_lazy("Service or team"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Where several teams of one organisation are counted apart."),
    )
    sector = forms.ModelChoiceField(
        label=gettext_lazy("Sector"),
        queryset=Sector.objects.all(),
        required=False,
        empty_label=gettext_lazy("that of the organisation in the directory, or not known yet"),
    )
    reason = forms.ChoiceField(label=gettext_lazy("Main reason"), choices=[NOT_KNOWN, *Reason.choices], required=False)
    origin = forms.ChoiceField(label=gettext_lazy("How they found us"), choices=[NOT_KNOWN, *Origin.choices], required=False)

    def facts(self) -> dict[str, Any]:
        """What `complete_request` asks for."""
        return {name: self.cleaned_data[name] for name in FactsForm.base_fields}


class NoteForm(PersonalDetailsMixin, FactsForm):
    """A request as it was told on the phone: whom it is for is enough."""

    checked_texts = ("text",)

    pillar = forms.ChoiceField(label=gettext_lazy("For"), choices=Pillar, widget=forms.RadioSelect)
    name = forms.CharField(label=gettext_lazy("Contact person"), max_length=120, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone number"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=IN_THE_READERS_LANGUAGE)
    text = forms.CharField(
        label=gettext_lazy("What it is about"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    received_on = DayField(label=gettext_lazy("Received on"))

    field_order = ("pillar", "organisation_name", "reason", "name", "phone", "text", "received_on", "origin", "service", "sector", "email")

    def request_data(self) -> RequestData:
        """What `note_request` asks for."""
        answers = {name: value for name, value in self.cleaned_data.items() if name not in {"received_on", "pillar"}}
        return RequestData(pillar=Pillar(self.cleaned_data["pillar"]), **answers)


class OwnerForm(AsksColleagues):
    """Who looks after the request."""

    owner = ColleagueField(label=gettext_lazy("In charge"))


class DayForm(forms.Form):
    """When it was."""

    day = DayField()


class ReasonForm(PersonalDetailsMixin, DayForm):
    """When, and why; for colleagues only."""

    checked_texts = ("reason",)

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=280, widget=forms.Textarea(attrs={"rows": 2}))


class OpenFileForm(AsksColleagues):
    """The first meeting, and who works on it."""

    opened_on = DayField(label=gettext_lazy("Day you first met"), help_text=gettext_lazy("In person or by video."))
    team = ColleaguesField(
        label=gettext_lazy("Team"), required=False, help_text=gettext_lazy("You are in it. Only the team and the direction read the file.")
    )

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = request

    def clean_opened_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["opened_on"]
        if day < self.asked.received_on:
            raise forms.ValidationError(_("The request came in later than this day."))
        return day
