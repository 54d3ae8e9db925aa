"""Forms of the issue admin."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.backoffice.dates import DateTimeField
from newsletter.enums.issues import MissingEdition
from newsletter.sending.test_mail import MAX_RECIPIENTS


class TestForm(forms.Form):
    """Which editions, to whom."""

    languages = forms.MultipleChoiceField(label=_("Editions"), widget=forms.CheckboxSelectMultiple)
    recipients = forms.CharField(
        label=_("Addresses"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One a line, five at most. They are not kept.")
    )

    def __init__(self, *args: Any, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["languages"]
        field.choices = languages
        field.initial = [code for code, _name in languages]

    def clean_recipients(self) -> list[str]:
        recipients = list(dict.fromkeys(self.cleaned_data["recipients"].replace(",", " ").replace(";", " ").split()))
        if len(recipients) > MAX_RECIPIENTS:
            raise forms.ValidationError(_("Five addresses at most."))
        for recipient in recipients:
            validate_email(recipient)
        return recipients


class SendForm(forms.Form):
    """Now or later, and what subscribers without an edition in their language get. `total_by`: how many people get the issue by a rule."""

    missing_edition = forms.ChoiceField(
        label=_("Readers without an edition in their language"), choices=MissingEdition.choices, widget=forms.RadioSelect
    )
    send_at = DateTimeField(label=_("Send at"), required=False, help_text=_("Empty: now. The words are frozen now in any case."))

    def __init__(self, *args: Any, total_by: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

        def choice_label(rule: str, label: str) -> str:
            return gettext("%(rule)s (%(people)s in all)") % {"rule": label, "people": total_by(rule)}

        # Counted only when the form is rendered: pressing Send does not wait for it again.
        label_of: Any = lazy(choice_label, str)
        field: Any = self.fields["missing_edition"]
        field.choices = [(rule, label_of(rule, label)) for rule, label in MissingEdition.choices]

    def clean_send_at(self) -> datetime.datetime | None:
        moment: datetime.datetime | None = self.cleaned_data["send_at"]
        if moment and moment <= clock.now():
            raise forms.ValidationError(_("That moment is over."))
        return moment


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class SendToMissedForm(forms.Form):
    """Whether the uncertain ones count as missed."""

    with_uncertain = forms.BooleanField(
        label=_("The uncertain ones too"), required=False, help_text=_("Some of them may then get it twice. Leave it open when in doubt.")
    )


# What the blocks of an issue hold (newsletter.compose.blocks).
LONGEST = {"title": 160, "text": 600}


class PickForm(forms.Form):
    """One proposal: picked or not, its position, its text in each language. Unchanged text may be as long as on its page."""

    pick = forms.BooleanField(required=False)
    position = forms.IntegerField(required=False, widget=forms.NumberInput(attrs={"min": 1, "max": 999}))

    def __init__(self, *args: Any, texts: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        for language, each in texts.items():
            title = forms.TextInput(attrs={"lang": language, "maxlength": LONGEST["title"]})
            text = forms.Textarea(attrs={"lang": language, "maxlength": LONGEST["text"], "rows": 3})
            self.fields[f"title_{language}"] = forms.CharField(label=_("Title"), required=False, initial=each.title, widget=title)
            self.fields[f"text_{language}"] = forms.CharField(label=_("Words"), required=False, initial=each.text, widget=text)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for language, text in self.texts.items():
            for name, limit in LONGEST.items():
                field, own = f"{name}_{language}", getattr(text, name)
                cleaned[field] = _as_typed(cleaned.get(field, ""), own)
                if cleaned[field] != own and len(cleaned[field]) > limit:
                    self.add_error(field, gettext("At most %(limit)s characters.") % {"limit": limit})
        return cleaned

    @property
    def editions(self) -> list[dict[str, Any]]:
        """The fields of each language, for the template."""
        return [{"language": code, "title": self[f"title_{code}"], "text": self[f"text_{code}"]} for code in self.texts]

    def chosen_texts(self) -> dict[str, tuple[str, str]]:
        data = self.cleaned_data
        return {code: (data[f"title_{code}"], data[f"text_{code}"]) for code in self.texts}


def _as_typed(typed: str, own: str) -> str:
    """The page's own text where it is unchanged: a browser sends every line break as two characters."""
    return own if typed.split() == own.split() else typed.replace("\r\n", "\n").strip()
