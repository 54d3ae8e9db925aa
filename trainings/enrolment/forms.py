"""Public forms of an enrolment. Each provides the arguments of one service."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.forms import EmailField, EmailLimitMixin, PersonNameMixin, refuse_web_address
from core.languages import current_language
from core.models import Organisation, Sector
from trainings.enrolment.enrol import EnrolmentChanges, EnrolmentData
from trainings.enrolment.organisations import organisation_named
from trainings.enums import Language
from trainings.models import CareZone, Enrolment, Session


class PersonForm(PersonNameMixin):
    """What a person says of herself, in an enrolment and when she changes it."""

    name = forms.CharField(label=_("First name and family name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    function = forms.CharField(
        label=_("Your function"),
        max_length=120,
        required=False,
        help_text=_("For example social worker, nurse, team leader."),
        validators=[refuse_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    organisation = forms.CharField(
        label=_("Your organisation"),
        max_length=200,
        required=False,
        help_text=_("Names are suggested while you type. One that is not in our list is fine too."),
        validators=[refuse_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    sector = forms.ModelChoiceField(
        label=_("Your sector"),
        queryset=Sector.objects.none(),
        required=False,
        empty_label=_("Another sector, or I would rather not say"),
        help_text=_("We count sectors once a year, without names, for those who fund us."),
    )
    care_zone = forms.ChoiceField(
        label=_("The care zone of Brussels you work in"),
        choices=[("", _("All of Brussels, elsewhere, or I do not know")), *CareZone.choices],
        required=False,
        help_text=_("We bring the zones together in our groups."),
    )
    language = forms.ChoiceField(label=_("Language of our mails to you"), choices=Language)
    access_needs = forms.CharField(
        label=_("Is there something we should arrange so that you can take part?"),
        max_length=1000,
        required=False,
        help_text=_(
            "For example step-free access, an interpreter, large print. Only the trainers of this session read it; it is erased afterwards."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not session.asks_care_zone:
            del self.fields["care_zone"]
        sector: Any = self.fields["sector"]
        sector.queryset = Sector.objects.order_by(f"name_{current_language()}")
        self.fields["organisation"].widget.attrs["data-smes-suggestions"] = reverse("trainings:suggest_organisations")

    # Of somebody who is not asked here.
    known_care_zone = ""

    def _person(self) -> dict[str, Any]:
        """The answers under the names the services use; an organisation of the directory brings its sector."""
        answers = self.cleaned_data
        organisation: Organisation | None = organisation_named(answers["organisation"])
        return {
            "name": answers["name"],
            "function": answers["function"],
            "organisation": organisation,
            "organisation_name": "" if organisation else answers["organisation"],
            "sector": answers["sector"] or (organisation.sector if organisation else None),
            "care_zone": answers.get("care_zone", self.known_care_zone),
            "language": answers["language"],
            "access_needs": answers.get("access_needs", ""),
        }


class EnrolmentForm(EmailLimitMixin, PersonForm):
    """Eight fields, one page, no account."""

    scope = "enrol"
    field_order = ("name", "email", "function", "organisation", "sector", "care_zone", "language", "access_needs", "wants_newsletter")

    email = EmailField(label=_("Your e-mail address"), help_text=_("We send your confirmation there, with a link to change or cancel."))
    wants_newsletter = forms.BooleanField(label=_("Send me the monthly newsletter"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", current_language())

    def enrolment_data(self) -> EnrolmentData:
        """What `enrol_participant` asks for."""
        return EnrolmentData(email=self.cleaned_data["email"], wants_newsletter=self.cleaned_data["wants_newsletter"], **self._person())


class EnrolmentChangesForm(PersonForm):
    """Changes by the person later. The email stays: it identifies her."""

    scope = "change-enrolment"
    is_timed = False

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": enrolment.name,
            "function": enrolment.function,
            "organisation": enrolment.organisation_label,
            "sector": enrolment.sector_id,
            "care_zone": enrolment.care_zone,
            "language": enrolment.language,
            "access_needs": enrolment.access_needs,
        }
        self.known_care_zone = enrolment.care_zone
        super().__init__(*args, session=enrolment.session, **kwargs)

    def changes(self) -> EnrolmentChanges:
        """What `change_enrolment` asks for."""
        return EnrolmentChanges(**self._person())
