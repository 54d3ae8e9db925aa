"""Public forms about colleagues. Each provides the arguments of one service."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.forms import (
    EmailField,
    EmailLimitMixin,
    PersonNameMixin,
    PublicForm,
    name_the_question_in_errors,
    refuse_web_address,
    validate_name,
)
from core.languages import current_language
from trainings.enrolment.enrol import EnrolmentData
from trainings.enrolment.forms import PersonForm
from trainings.enrolment.groups.people import MOST_PLACES, Colleague, GroupData
from trainings.enrolment.groups.words import Place
from trainings.enums import Language
from trainings.models import Session
from trainings.seats.modes import GroupMode

ROWS, SHOWN = MOST_PLACES - 1, 3


class GroupForm(EmailLimitMixin, PersonForm):
    """One page: the contact says once what all of them share; of each colleague, name and address, or that they follow."""

    scope = "enrol-group"
    # People, not forms: a group of ten counts ten.
    limit_per_ip = 60

    email = EmailField(label=_("Your e-mail address"), help_text=_("We send you where all of you stand, with a link to change it."))
    takes_part = forms.BooleanField(label=_("I take part, too"), required=False, initial=True)
    unnamed = forms.TypedChoiceField(
        label=_("Places for colleagues whose names follow"),
        choices=[(number, number) for number in range(MOST_PLACES)],
        coerce=int,
        required=False,
        help_text=_("You give the names later, with the link in your mail."),
    )
    mode = forms.ChoiceField(
        label=_("If there are fewer seats than you need"), choices=GroupMode, widget=forms.RadioSelect, initial=GroupMode.AS_MANY_AS_FIT
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, session=session, **kwargs)
        self.session = session
        self.initial.setdefault("language", current_language())
        # Each colleague tells with her own link what is to be arranged for her.
        del self.fields["access_needs"]
        for number in range(1, ROWS + 1):
            self._add_row(number)

    def _add_row(self, number: int) -> None:
        self.fields[f"name_{number}"] = forms.CharField(
            label=_("Colleague %(number)s: first name and family name") % {"number": number},
            max_length=120,
            required=False,
            validators=[refuse_web_address, validate_name],
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        self.fields[f"email_{number}"] = EmailField(label=_("Colleague %(number)s: e-mail address") % {"number": number}, required=False)
        self.fields[f"email_{number}"].widget.attrs["autocomplete"] = "off"
        for name in (f"name_{number}", f"email_{number}"):
            name_the_question_in_errors(self.fields[name])

    def own_fields(self) -> list[BoundField]:
        names = ("name", "email", "function", "organisation", "sector", "care_zone", "language", "takes_part")
        return [self[name] for name in names if name in self.fields]

    def first_rows(self) -> list[BoundField]:
        return self._rows(range(1, SHOWN + 1))

    def more_rows(self) -> list[BoundField]:
        return self._rows(range(SHOWN + 1, ROWS + 1))

    @property
    def has_more(self) -> bool:
        """Whether something is typed, or wrong, in the rows that are folded away."""
        return any(field.value() or field.errors for field in self.more_rows())

    def _rows(self, numbers: range) -> list[BoundField]:
        return [self[f"{kind}_{number}"] for number in numbers for kind in ("name", "email")]

    def clean(self) -> dict[str, Any]:
        self._check_rows()
        cleaned = super().clean()
        return cleaned

    def _check_rows(self) -> None:
        answers, emails = self.cleaned_data, set()
        if answers.get("takes_part"):
            emails.add(answers.get("email"))
        for number in range(1, ROWS + 1):
            name, email = answers.get(f"name_{number}", ""), answers.get(f"email_{number}", "")
            if bool(name) != bool(email) and not {f"name_{number}", f"email_{number}"} & set(self.errors):
                missing = f"email_{number}" if name else f"name_{number}"
                self.add_error(missing, ValidationError(_("A colleague needs a name and an e-mail address."), code="half"))
            elif email and email in emails:
                self.add_error(f"email_{number}", ValidationError(_("This address stands here twice."), code="twice"))
            emails.add(email)
        self._check_size()

    def _check_size(self) -> None:
        places = self._places()
        if places < 2 - (not self.cleaned_data.get("takes_part")):
            self.add_error("name_1", ValidationError(_("Name a colleague, or say how many names follow."), code="alone"))
        elif places > MOST_PLACES:
            told = {"most": MOST_PLACES}
            self.add_error("unnamed", ValidationError(_("You can enrol at most %(most)s people at once."), code="many", params=told))
        elif self.cleaned_data.get("mode") == GroupMode.ALL_OR_NONE and places > self.session.capacity:
            told = {"capacity": self.session.capacity}
            text = _("This session has %(capacity)s seats: you cannot all be in it.")
            self.add_error("mode", ValidationError(text, code="too_many", params=told))

    def _colleagues(self) -> tuple[Colleague, ...]:
        answers = self.cleaned_data
        rows = [(answers.get(f"name_{number}", ""), answers.get(f"email_{number}", "")) for number in range(1, ROWS + 1)]
        return tuple(Colleague(name=name, email=email) for name, email in rows if name and email)

    def _places(self) -> int:
        answers = self.cleaned_data
        return bool(answers.get("takes_part")) + len(self._colleagues()) + (answers.get("unnamed") or 0)

    def counts_as(self) -> int:
        return self._places()

    def emails(self) -> list[str]:
        """Each colleague gets a mail as well."""
        return [self.cleaned_data["email"], *(each.email for each in self._colleagues() if each.email != self.cleaned_data["email"])]

    def group_data(self) -> GroupData:
        """What `enrol_group` asks for."""
        answers = self.cleaned_data
        return GroupData(
            contact=EnrolmentData(email=answers["email"], **self._person()),
            takes_part=answers["takes_part"],
            colleagues=self._colleagues(),
            unnamed=answers["unnamed"] or 0,
            mode=GroupMode(answers["mode"]),
        )


class ColleagueForm(PersonNameMixin, EmailLimitMixin, PublicForm):
    """Who a place is for."""

    scope = "give-place"
    is_timed = False

    name = forms.CharField(label=_("First name and family name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = EmailField(label=_("E-mail address"))
    function = forms.CharField(
        label=_("Function"),
        max_length=120,
        required=False,
        validators=[refuse_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of our mails"), choices=Language)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", current_language())
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def colleague(self) -> Colleague:
        """What `give_place` asks for."""
        return Colleague(**{name: self.cleaned_data[name] for name in ("name", "email", "function", "language")})


class CancelPlacesForm(PublicForm):
    """Which places are given back: one, some or all."""

    scope = "cancel-places"
    is_timed = False

    places = forms.MultipleChoiceField(label=_("Who no longer comes?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["places"]
        field.choices = [(each.enrolment.reference, f"{each.enrolment.name}: {each.words()}") for each in places]
        self._keys = {each.enrolment.reference: each.enrolment.pk for each in places}

    def chosen(self) -> list[int]:
        """What `cancel_places` asks for."""
        return [self._keys[reference] for reference in self.cleaned_data["places"]]
