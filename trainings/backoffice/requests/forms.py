"""Forms of the screens of requests. Each provides the arguments of one service."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.backoffice.dates import DateField
from core.models import User
from trainings.backoffice.permissions import HANDLE_REQUESTS
from trainings.backoffice.requests.fields import MeetingsField, written_spans
from trainings.enrolment.organisations import organisation_named
from trainings.models import Module, Proposal, ProposalPart, Questionnaire, QuestionnaireVersion, Trainer, TrainingRequest, Venue
from trainings.models.money import EuroField
from trainings.models.questionnaires import Purpose
from trainings.requests.plan import PlanData
from trainings.requests.proposals import PartData, ProposalData
from trainings.requests.receive import RequestData
from trainings.requests.selectors import parts_of

LEAST_PARTS, MOST_PARTS = 3, 12
BACKEND = "django.contrib.auth.backends.ModelBackend"


class NoteRequestForm(forms.ModelForm[TrainingRequest]):
    """What somebody asks for on the phone. The service writes it, not the form."""

    class Meta:
        model = TrainingRequest
        fields = ("module", "organisation_name", "name", "email", "language", "purpose", "people", "period")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "email", "purpose"):
            self.fields[name].required = True
        self.fields["purpose"].widget.attrs["rows"] = 4

    def request_data(self) -> RequestData:
        """What `receive_request` asks for."""
        answers = self.cleaned_data
        return RequestData(organisation=organisation_named(answers["organisation_name"]), **answers)


class OwnerForm(forms.Form):
    """Who looks after the request."""

    owner = forms.ModelChoiceField(label=gettext_lazy("In charge"), queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.queryset = User.objects.with_perm(HANDLE_REQUESTS, backend=BACKEND).filter(is_active=True).order_by("last_name", "pk")


class NeedsForm(forms.Form):
    """How the contact person is asked."""

    questionnaire = forms.ModelChoiceField(
        label=gettext_lazy("Questionnaire"),
        queryset=Questionnaire.objects.none(),
        required=False,
        empty_label=gettext_lazy("none: in their own words"),
        help_text=gettext_lazy("Those of the kind “analysis of needs” that are open."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["questionnaire"]
        opened = QuestionnaireVersion.objects.open().values("questionnaire")
        field.queryset = Questionnaire.objects.filter(purpose=Purpose.NEEDS, pk__in=opened)
        self.initial.setdefault("questionnaire", field.queryset.first())


class ReasonForm(forms.Form):
    """Why; the contact person reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stands in the mail and on the page of the contact person as you write it: in the language of the request."),
    )


class ProposalForm(forms.Form):
    """A version: its trainings, price, last day. There is always room for three, and for one more than were written."""

    introduction = forms.CharField(
        label=gettext_lazy("What we propose"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("In the language of the request. A blank line begins a paragraph."),
    )
    trainers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Trainers, if they are known"),
        required=False,
        queryset=Trainer.objects.filter(is_active=True),
        widget=forms.CheckboxSelectMultiple,
    )
    price = forms.CharField(
        label=gettext_lazy("Price, in words"),
        max_length=400,
        help_text=gettext_lazy("In the language of the request; with what is included, and when it is paid."),
    )
    valid_until = DateField(label=gettext_lazy("Valid until"))

    def __init__(self, *args: Any, request: TrainingRequest, latest: Proposal | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = _as_written(latest) if latest else {"module_1": request.module_id}
        self.numbers = range(1, self._rooms(written) + 1)
        for number in self.numbers:
            self.fields[f"module_{number}"] = forms.ModelChoiceField(
                label=_("Training %(number)s: module") % {"number": number}, queryset=Module.objects.all(), required=False
            )
            self.fields[f"title_{number}"] = forms.CharField(
                label=_("Training %(number)s: title, if no module fits") % {"number": number}, max_length=200, required=False
            )
            self.fields[f"dates_{number}"] = MeetingsField(
                label=_("Training %(number)s: meetings we propose") % {"number": number}, required=False
            )
        order = [f"{name}_{number}" for number in self.numbers for name in ("module", "title", "dates")]
        self.order_fields(["introduction", *order])
        self.initial.update(written)

    def _rooms(self, written: Mapping[str, Any]) -> int:
        """How many trainings can be written; of a form that was sent, as many as it had."""
        sent = sum(f"module_{number}" in self.data for number in range(1, MOST_PARTS + 1))
        before = sum(name.startswith("dates_") for name in written)
        return min(max(LEAST_PARTS, sent or before + 1), MOST_PARTS)

    def clean_valid_until(self) -> Any:
        day = self.cleaned_data["valid_until"]
        if day < clock.today():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for number in self.numbers:
            has_subject = cleaned.get(f"module_{number}") or cleaned.get(f"title_{number}")
            if not has_subject and (number == 1 or cleaned.get(f"dates_{number}")):
                self.add_error(f"module_{number}", _("Choose a module, or give a title."))
        return cleaned

    def proposal_data(self) -> ProposalData:
        """What `write_proposal` asks for."""
        answers = self.cleaned_data
        parts = [
            PartData(
                module=answers[f"module_{number}"],
                title="" if answers[f"module_{number}"] else answers[f"title_{number}"],
                spans=answers[f"dates_{number}"],
            )
            for number in self.numbers
            if answers[f"module_{number}"] or answers[f"title_{number}"]
        ]
        names = ("introduction", "price", "valid_until", "trainers")
        return ProposalData(parts=parts, **{name: answers[name] for name in names})


class PlanForm(forms.Form):
    """Where, how many seats, and the meetings as they were agreed."""

    venue = forms.ModelChoiceField(
        label=gettext_lazy("Venue"),
        queryset=Venue.objects.all(),
        help_text=gettext_lazy("Not in the list? Add it under Venues first: people need to know how to get in."),
    )
    capacity = forms.IntegerField(label=gettext_lazy("Seats"), min_value=1, max_value=500)

    def __init__(self, *args: Any, request: TrainingRequest, parts: list[ProposalPart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            self.fields[f"dates_{part.pk}"] = MeetingsField(label=_("Meetings: %(training)s") % {"training": part.name})
            self.initial[f"dates_{part.pk}"] = _spans_of(part)
            self.fields[f"price_{part.pk}"] = EuroField(
                label=_("Price agreed for the team, in euros: %(training)s") % {"training": part.name},
                required=False,
                help_text=_("Stands on the pages of those who enrol: 0 for nothing to pay. Empty: the price of the module."),
            )
        largest = max((part.module.group_max for part in parts if part.module), default=14)
        self.initial.setdefault("capacity", request.people or largest)

    def plan_data(self) -> PlanData:
        """What `plan_request` asks for."""
        answers = self.cleaned_data
        spans = {part.pk: answers[f"dates_{part.pk}"] for part in self.parts}
        prices = {part.pk: answers[f"price_{part.pk}"] for part in self.parts}
        return PlanData(venue=answers["venue"], capacity=answers["capacity"], spans=spans, prices=prices)


class ListForm(forms.Form):
    """A list of people, a line each."""

    people = forms.CharField(
        label=gettext_lazy("People"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("A line each: name, e-mail address, function. Pasted from a mail or a spreadsheet, it is read as well."),
    )


def _as_written(proposal: Proposal) -> dict[str, Any]:
    """The version before, to be changed."""
    initial: dict[str, Any] = {"introduction": proposal.introduction, "price": proposal.price, "valid_until": proposal.valid_until}
    initial["trainers"] = list(proposal.trainers.all())
    for number, part in enumerate(parts_of(proposal), start=1):
        initial |= {f"module_{number}": part.module_id, f"title_{number}": part.title, f"dates_{number}": _spans_of(part)}
    return initial


def _spans_of(part: ProposalPart) -> str:
    return written_spans((each.starts_at, each.ends_at) for each in part.meetings.all())
