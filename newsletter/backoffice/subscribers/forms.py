"""Forms of the subscribers' back-office."""

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.backoffice.dates import DateField
from core.languages import IN_THE_READERS_LANGUAGE
from newsletter.enums.subscribers import Standing
from newsletter.subscribers.importing.questions import REST


class ImportForm(forms.Form):
    """A file, and where its consents come from: required for an import."""

    file = forms.FileField(
        label=_("CSV or XLSX file"),
        help_text=_(
            "As your tool exports it (Mailchimp, Brevo, Mailjet, Sendy, MailPoet, contacts, a spreadsheet): one line a person, and a line"
            " above that names the columns. Columns that say who left are read. 5 MB at most."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,text/csv"}),
    )
    source = forms.CharField(
        label=_("Where do these consents come from?"),
        max_length=250,
        help_text=_("Which form or list people signed, and who keeps it. It becomes the proof of each of them."),
    )
    agreed_on = DateField(label=_("When did they agree?"), help_text=_("The last day, if there are several."))
    language = forms.ChoiceField(label=_("Language of the lines that name none"), choices=IN_THE_READERS_LANGUAGE)

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


class AnswersForm(forms.Form):
    """A select for each word of a file that only a person can read."""

    NOTHING = "nothing"

    def __init__(self, *args: Any, questions: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, tuple[str, str]] = {}
        choices = [("", _("Choose")), *Standing.choices, (self.NOTHING, _("says nothing about it"))]
        for number, question in enumerate(questions):
            for place, (value, count) in enumerate(question["values"]):
                name = f"answer_{number}_{place}"
                self.places[name] = (question["column"], value)
                shown = {"": gettext("(empty)"), REST: gettext("(all other words)")}.get(value, f"“{value}”")
                lines = ngettext("%(count)s line", "%(count)s lines", count) % {"count": count}
                self.fields[name] = forms.ChoiceField(label=f"{question['column']}: {shown} – {lines}", choices=choices)

    def answers(self) -> dict[str, dict[str, str]]:
        """For `answer_questions`."""
        given: dict[str, dict[str, str]] = {}
        for name, (column, value) in self.places.items():
            meaning = self.cleaned_data[name]
            given.setdefault(column, {})[value] = "" if meaning == self.NOTHING else meaning
        return given


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It stays in the history of this reader."))
