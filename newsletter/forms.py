"""The public forms of the newsletter."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.forms import EmailField, EmailLimitMixin, PublicForm, RowsField
from core.languages import Language
from core.models import Theme
from newsletter.consent_texts import FORM


class ThemesField(RowsField):
    """Themes as boxes, in the order of the subscriber's alphabet. One query."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Theme.objects.none(), required=False, **kwargs)

    def for_language(self, language: str) -> None:
        """Offers every theme, by its name in this language."""
        self.queryset = Theme.objects.order_by(f"name_{language}")


class SubscriptionForm(PublicForm):
    """Language and themes, when one subscribes and afterwards."""

    language = forms.ChoiceField(label=_("Language of the newsletter"), choices=Language, widget=forms.RadioSelect)
    themes = ThemesField(
        label=_("Themes that matter to you"), help_text=_("They tell us what to write about. Everybody gets the whole newsletter.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A token in the URL, or a mail to the address, proves more than a cookie: these pages set none.
        self.helper.disable_csrf = True
        active = (get_language() or "fr")[:2]
        self.initial.setdefault("language", active)
        field: Any = self.fields["themes"]
        field.for_language(active)


class SubscribeForm(EmailLimitMixin, SubscriptionForm):
    """Email address, language, themes; consents to a text of `newsletter.consent_texts`."""

    scope = "newsletter"
    field_order = ("email", "language", "themes")

    email = EmailField(label=_("Your e-mail address"), help_text=_("We send a link there first: nothing happens before you follow it."))

    def subscription(self) -> dict[str, Any]:
        """What `request_subscription` asks for."""
        answers = self.cleaned_data
        themes = [theme.pk for theme in answers["themes"]]
        return {"email": answers["email"], "language": answers["language"], "themes": themes, "wording": FORM}


class PreferencesForm(SubscriptionForm):
    """Behind the link of a mail."""

    scope = "newsletter-preferences"
    is_timed = False
