"""Public forms of a request. Each provides the arguments of one service."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.forms import EmailField, EmailLimitMixin, PersonNameMixin, PublicForm, refuse_web_address
from core.languages import current_language
from trainings.enrolment.organisations import organisation_named
from trainings.enums import Language
from trainings.models import Module, ModulePage
from trainings.requests.receive import RequestData


class RequestForm(PersonNameMixin, EmailLimitMixin, PublicForm):
    """A training for a team: eight questions, four of which may stay open."""

    scope = "request-training"

    module = forms.ChoiceField(label=_("Which training?"), required=False)
    purpose = forms.CharField(
        label=_("What do you need it for?"),
        max_length=2000,
        help_text=_("Two or three sentences are enough. Please write nothing about the people you support."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    people = forms.IntegerField(
        label=_("How many people, roughly?"),
        required=False,
        min_value=1,
        max_value=500,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "input--short"}),
    )
    period = forms.CharField(
        label=_("Roughly when?"),
        max_length=200,
        required=False,
        help_text=_("For example in the spring, or on Tuesdays after September."),
        validators=[refuse_web_address],
    )
    organisation = forms.CharField(
        label=_("Your organisation"),
        max_length=200,
        help_text=_("Names are suggested while you type. One that is not in our list is fine too."),
        validators=[refuse_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    name = forms.CharField(label=_("First name and family name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = EmailField(label=_("Your e-mail address"), help_text=_("We send you a link there, by which you follow your request."))
    language = forms.ChoiceField(label=_("Language of the training and of our mails"), choices=Language)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = current_language()
        sheets = ModulePage.objects.live().filter(locale__language_code=language).order_by("title")
        choices = [(str(number), title) for number, title in sheets.values_list("module__number", "title")]
        module: Any = self.fields["module"]
        module.choices = [("", _("Another subject, or I do not know yet")), *choices]
        self.initial.setdefault("language", language)
        self.fields["organisation"].widget.attrs["data-smes-suggestions"] = reverse("trainings:suggest_organisations")

    def request_data(self) -> RequestData:
        """What `receive_request` asks for."""
        answers = self.cleaned_data
        module = Module.objects.filter(number=answers["module"]).first() if answers["module"] else None
        common = {name: answers[name] for name in ("name", "email", "language", "purpose", "period", "people")}
        named = answers["organisation"]
        return RequestData(module=module, organisation_name=named, organisation=organisation_named(named), **common)


class NeedsForm(PublicForm):
    """What the team needs. The other forms behind the link are one text each too."""

    scope = "request-message"
    is_timed = False

    message = forms.CharField(
        label=_("What does your team need?"),
        max_length=4000,
        help_text=_("Who takes part, what they do and know already, what should be different afterwards, what you have tried."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class ChangesForm(NeedsForm):
    """What is not right yet."""

    message = forms.CharField(
        label=_("What should be different?"),
        max_length=2000,
        help_text=_("For example other days, another place, a part that is missing."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class WithdrawForm(NeedsForm):
    """Why, if the contact person wants to say it; as long as the history keeps."""

    message = forms.CharField(label=_("Why? (You need not say.)"), max_length=240, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class PeopleForm(NeedsForm):
    """A list of people, a line each."""

    message = forms.CharField(
        label=_("Who takes part?"),
        max_length=20_000,
        help_text=_("A line each: name, e-mail address and, if you like, function. You can paste it from a mail or a spreadsheet."),
        widget=forms.Textarea(attrs={"rows": 10, "class": "input--list"}),
    )
