"""The form of an interest."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import EmailField, EmailLimitMixin, PublicForm
from core.languages import NAMES


class InterestForm(EmailLimitMixin, PublicForm):
    """'Tell me when a date is set.'"""

    scope = "interest"

    email = EmailField(label=_("Your e-mail address"))
    session_language = forms.ChoiceField(
        label=_("Language of the session"), required=False, choices=[("", _("any language")), *NAMES.items()]
    )

    def wish(self) -> dict[str, str]:
        """What `register_interest` asks for."""
        return {"email": self.cleaned_data["email"], "session_language": self.cleaned_data["session_language"]}
