"""A form that asks before it keeps what looks like a person's details."""

import json
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core import clock
from core.personal_details.detect import personal_details
from core.personal_details.found import Found, Kind
from core.personal_details.known_names import names_of_the_directory

ANSWER = "about_nobody_supported"
SALT = "core.personal_details"
HINT = _("Please write nothing by which a person you support could be recognised: no name, no date of birth, no number.")
QUESTION = _("Is this about a person who is supported?")
KEEP = _("No, it is not about a person who is supported. Save all the same.")


class AnswerField(forms.MultipleChoiceField):
    """One box to tick, whose value names the very texts it is about. Out of sight until there is a question."""

    widget: Any = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(label=QUESTION, required=False)

    def ask_about(self, key: str) -> None:
        self.widget = forms.CheckboxSelectMultiple(attrs=self.widget.attrs)
        self.required = True  # in its words only: `validate` refuses nothing
        self.choices = [(key, KEEP)]

    def validate(self, value: Any) -> None:
        """An answer about an earlier text is none: the question is asked anew, and nothing else is wrong with it."""


class PersonalDetailsMixin(forms.BaseForm):
    """Looks through `checked_texts` and asks once about what looks like a person: the form comes back with all that was typed.

    The answer holds for those words alone; a text that is changed is looked through again, one that was there before is not.
    Stands first among the bases, of a `Form` or of a `ModelForm`. The box is an ordinary field of the form, named `ANSWER`.
    """

    checked_texts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checked = [name for name in self.checked_texts if name in self.fields]
        for name in checked:
            field = self.fields[name]
            field.help_text = format_html("{} {}", field.help_text, HINT) if field.help_text else HINT
        self.fields[ANSWER] = AnswerField()
        names = [name for name in self.fields if name != ANSWER]
        last = max((names.index(name) for name in checked), default=len(names) - 1)
        self.order_fields([*names[: last + 1], ANSWER, *names[last + 1 :]])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        answers = cleaned.pop(ANSWER, [])
        found = {name: details for name in self.checked_texts if (details := self._details(name))}
        if not found:
            return cleaned
        key = _fingerprint({name: str(cleaned[name]) for name in found})
        field: Any = self.fields[ANSWER]
        field.ask_about(key)
        if key not in answers:
            for name, details in found.items():
                self.add_error(name, _warning(details))
        return cleaned

    def _details(self, name: str) -> list[Found]:
        text = str(self.cleaned_data.get(name) or "")
        if not text or name not in self.changed_data:
            return []
        today = clock.today()
        found = personal_details(text, today=today)
        if any(each.kind == Kind.NAME for each in found):
            found = personal_details(text, today=today, known=names_of_the_directory())
        return found


def _fingerprint(texts: dict[str, str]) -> str:
    """Keyed, so that no script ticks the box before the question was asked; line ends are the browser's."""
    words = json.dumps({name: text.replace("\r\n", "\n").strip() for name, text in sorted(texts.items())})
    return salted_hmac(SALT, words, algorithm="sha256").hexdigest()


def _warning(details: list[Found]) -> ValidationError:
    told = dict.fromkeys(str(_("“%(text)s” (%(kind)s)") % {"text": each.text, "kind": each.kind.label}) for each in details)
    text = _("This looks like details of a person: %(found)s. Please take them out, or answer the question below and send the form again.")
    return ValidationError(text, code="personal_details", params={"found": ", ".join(told)})
