"""The public form of a request, and the one behind its link."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.directory.names import known_organisation
from core.forms import ConfirmForm, EmailField, EmailLimitMixin, PersonNameMixin, PublicForm, refuse_web_address
from core.languages import Language, current_language
from core.personal_details.form import PersonalDetailsMixin
from followup.enums import Origin, Pillar, Reason
from followup.requests.receive import RequestData

DO_NOT_SAY = ("", _("I would rather not say"))


class SupportForm(PersonalDetailsMixin, PersonNameMixin, EmailLimitMixin, PublicForm):
    """Ask the mobile team, for a supervision, or for PAT: ten questions, five of which may stay open."""

    scope = "request-support"
    checked_texts = ("text",)

    pillar = forms.ChoiceField(label=_("What do you ask for?"), choices=Pillar, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What is it about?"),
        max_length=2000,
        help_text=_("Describe the situation and what you ask."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    reason = forms.ChoiceField(label=_("What worries you most?"), choices=[DO_NOT_SAY, *Reason.choices], required=False)
    organisation = forms.CharField(
        label=_("Your organisation"),
        max_length=200,
        required=False,
        help_text=_("Names are suggested while you type. Leave it empty if you ask for yourself alone."),
        validators=[refuse_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    service = forms.CharField(label=_("Your service or team"), max_length=120, required=False, validators=[refuse_web_address])
    name = forms.CharField(label=_("First name and family name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = EmailField(label=_("Your e-mail address"), help_text=_("We send you a link there, by which you follow your request."))
    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=40,
        required=False,
        help_text=_("We often call: it goes faster."),
        validators=[refuse_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    language = forms.ChoiceField(label=_("Language of our answer"), choices=Language)
    origin = forms.ChoiceField(label=_("How did you find us?"), choices=[DO_NOT_SAY, *Origin.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", current_language())
        self.fields["organisation"].widget.attrs["data-smes-suggestions"] = reverse("trainings:suggest_organisations")

    def request_data(self) -> RequestData:
        """What `receive_request` asks for."""
        answers = self.cleaned_data
        told = {name: answers[name] for name in ("service", "name", "email", "phone", "language", "origin", "reason", "text")}
        named = answers["organisation"]
        known = known_organisation(named, listed_only=True)
        return RequestData(pillar=Pillar(answers["pillar"]), organisation_name=named, organisation=known, **told)


class WithdrawForm(ConfirmForm):
    """A button."""

    scope = "withdraw-support"
