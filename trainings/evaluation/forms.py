"""The form in which a participant names her team lead."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import EmailField, PublicForm, refuse_web_address, validate_name


class TeamLeadForm(PublicForm):
    """A name, an address and a yes; an empty address takes it back."""

    scope = "team_lead"
    is_timed = False

    name = forms.CharField(
        label=_("Name of your team lead"), max_length=120, required=False, validators=[validate_name, refuse_web_address]
    )
    email = EmailField(label=_("E-mail address of your team lead"), required=False, help_text=_("Leave it empty if nobody is to be asked."))
    agrees = forms.BooleanField(label=_("My team lead knows it, and Smes may write to this address once"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("email") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Please give the name, too: our mail begins with it."))
        if cleaned.get("email") and not cleaned.get("agrees"):
            self.add_error("agrees", _("Please tick that Smes may write to this address, or leave the address empty."))
        return cleaned
