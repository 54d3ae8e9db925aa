"""Forms of the readers' back-office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.backoffice.dates import DateField
from core.languages import Language


class ImportForm(forms.Form):
    """A file, and where its consents come from: without that there is no import."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "One line a person, a first line that names the columns: email, and if you have them language and themes. 5 MB at most."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )
    source = forms.CharField(
        label=_("Where do these consents come from?"),
        max_length=250,
        help_text=_("Which form or list people signed, and who keeps it. It becomes the proof of each of them."),
    )
    agreed_on = DateField(label=_("When did they agree?"), help_text=_("The last day, if there are several."))
    language = forms.ChoiceField(label=_("Language of the lines that name none"), choices=Language)

    def clean_source(self) -> str:
        source: str = self.cleaned_data["source"].strip()
        if len(source) < 5:
            raise forms.ValidationError(_("Name the form or the list, so that a reader's question can be answered."))
        return source

    def clean_agreed_on(self) -> Any:
        day = self.cleaned_data["agreed_on"]
        if day > clock.today():
            raise forms.ValidationError(_("People cannot have agreed in the future."))
        return day


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It stays in the history of this reader."))
