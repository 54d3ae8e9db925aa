"""Forms of the screens of privacy."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.languages import IN_THE_READERS_LANGUAGE


class SearchForm(forms.Form):
    """An address, a part of it, or a name."""

    words = forms.CharField(label=gettext_lazy("E-mail address or name"), max_length=254, min_length=3)


class PersonForm(forms.Form):
    """Whom it is about. Sent along, never in a URL."""

    email = forms.EmailField(max_length=254, widget=forms.HiddenInput)


class ExportForm(PersonForm):
    """In which language the person reads."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the person"), choices=IN_THE_READERS_LANGUAGE, initial=settings.LANGUAGE_CODE
    )


class EraseForm(PersonForm):
    """The address is typed again: nobody erases by a slip. Names are ticked that are hers alone."""

    typed = forms.CharField(label=gettext_lazy("Type the e-mail address to erase it"), max_length=254)
    names = forms.MultipleChoiceField(
        label=gettext_lazy("Also take the name out of texts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only a name that is hers alone: it goes out of pages, notes and files, whoever wrote them."),
    )

    def __init__(self, *args: Any, names: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = [(name, name) for name in names]
        self.fields["names"].choices = choices  # type: ignore[attr-defined]
        if not names:
            del self.fields["names"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("typed", "").strip().lower() != cleaned.get("email", "").lower():
            self.add_error("typed", _("This is not the address above. Nothing was erased."))
        return cleaned
