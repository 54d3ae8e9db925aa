"""Public forms of the map. Each provides the arguments of one service."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from cartography.enums import Headcount, Practice, Precision, Proposer, ReportReason, RoleName, ServiceLanguage
from cartography.geo import belgium
from cartography.models import Place
from cartography.places.data import PlaceData
from cartography.validators import no_contact_inside, no_mobile, no_person
from core.forms import DAY, MAILS_TO_ONE_EMAIL, EmailField, EmailLimitMixin, PublicForm, refuse_web_address
from core.languages import current_language
from core.models import Sector
from core.text.safety import has_letters
from core.web.ratelimit import check_rate_limit

LONGEST_SUMMARY = 600


def _line(max_length: int, autocomplete: str = "off", **attrs: str) -> dict[str, Any]:
    return {"max_length": max_length, "widget": forms.TextInput(attrs={"autocomplete": autocomplete} | attrs)}


class PlaceForm(PublicForm):
    """What is shown of a service: who, how it works with peers, where, and how to reach it. No person anywhere."""

    name_fr = forms.CharField(label=_("Name of the service in French"), validators=[refuse_web_address], **_line(160, "organization"))
    name_nl = forms.CharField(label=_("Name in Dutch, if it has one"), required=False, validators=[refuse_web_address], **_line(160))
    sector = forms.ModelChoiceField(label=_("Sector"), queryset=Sector.objects.none(), to_field_name="slug", empty_label=_("Choose"))
    practices = forms.MultipleChoiceField(
        label=_("How do peers take part?"), choices=Practice, widget=forms.CheckboxSelectMultiple, help_text=_("Tick all that apply.")
    )
    role_names = forms.MultipleChoiceField(
        label=_("What are they called?"), choices=RoleName, widget=forms.CheckboxSelectMultiple, required=False
    )
    headcount = forms.ChoiceField(
        label=_("How many peer workers?"),
        choices=lazy(lambda: Headcount.choices, list)(),
        required=False,
        help_text=_("A range: nobody is recognised."),
    )
    since = forms.IntegerField(
        label=_("Since which year?"),
        required=False,
        min_value=1970,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
    )
    languages = forms.MultipleChoiceField(label=_("Languages of the service"), choices=ServiceLanguage, widget=forms.CheckboxSelectMultiple)
    is_open_to_placements = forms.BooleanField(label=_("We take peer workers in training"), required=False)
    summary = forms.CharField(
        label=_("What do peers do there?"),
        required=False,
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences, without names of people."),
    )
    municipality = forms.CharField(
        label=_("Postal code and municipality"),
        help_text=_("For example 1030 Schaerbeek, or only one of the two."),
        **_line(80, "postal-code"),
    )
    street = forms.CharField(
        label=_("Street and number"),
        required=False,
        help_text=_("Leave it empty where the address should stay unknown: the map then shows the municipality only."),
        validators=[refuse_web_address],
        **_line(160, "address-line1"),
    )
    service_email = EmailField(
        label=_("E-mail address of the service"), required=False, help_text=_("Shown to everybody. One several people read.")
    )
    phone = forms.CharField(
        label=_("Telephone of the service"), required=False, help_text=_("Shown to everybody. No mobile number."), **_line(40, "tel")
    )
    # Not `website`: that is the name of the trap for robots.
    site_url = forms.URLField(
        label=_("Website"), required=False, max_length=300, assume_scheme="https", widget=forms.TextInput(attrs={"inputmode": "url"})
    )
    comment = forms.CharField(
        label=_("A message for the map team"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Not published."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sector: Any = self.fields["sector"]
        sector.queryset = Sector.objects.order_by(f"name_{self._language}")
        self.found: belgium.Municipality | None = None
        self.postal_code = ""

    @property
    def _language(self) -> str:
        return current_language()

    def clean_name_fr(self) -> str:
        name = str(self.cleaned_data["name_fr"])
        if not has_letters(name):
            raise ValidationError(_("Please give the name in letters, without a link."), code="invalid")
        return name

    def clean_summary(self) -> str:
        no_contact_inside(self.cleaned_data["summary"])
        return str(self.cleaned_data["summary"])

    def clean_street(self) -> str:
        no_contact_inside(self.cleaned_data["street"])
        return str(self.cleaned_data["street"])

    def clean_service_email(self) -> str:
        no_person(self.cleaned_data["service_email"])
        return str(self.cleaned_data["service_email"])

    def clean_phone(self) -> str:
        no_mobile(self.cleaned_data["phone"])
        return str(self.cleaned_data["phone"])

    def clean_municipality(self) -> str:
        """One of the 565, by its name in French or Dutch, its postal code, or both."""
        text: str = self.cleaned_data["municipality"]
        found = belgium.as_entered(text)
        if not found:
            raise ValidationError(_("We know no such municipality or postal code. Is it spelled as on an envelope?"), code="unknown")
        if len(found) > 1:
            names = ", ".join(each.name(self._language) for each in found)
            raise ValidationError(
                _("More than one municipality answers: %(names)s. Please add its name."), code="several", params={"names": names}
            )
        self.found = found[0]
        code = "".join(char for char in text if char.isdigit())
        self.postal_code = code if len(code) == 4 else found[0].postal_codes[0] if len(found[0].postal_codes) == 1 else ""
        return text

    def place_data(self, before: PlaceData | None = None) -> PlaceData:
        """What the services ask for. Texts in languages this form does not show, and a point that still holds, stay as they were."""
        answers = self.cleaned_data
        assert self.found is not None  # noqa: S101 (clean_municipality saw to it)
        kept: dict[str, Any] = before.as_json() if before else {}
        is_same_spot = bool(before) and (kept["nis"], kept["postal_code"], kept["street"]) == (
            self.found.nis,
            self.postal_code,
            answers["street"],
        )
        names = (
            "name_fr",
            "name_nl",
            "practices",
            "role_names",
            "since",
            "headcount",
            "languages",
            "is_open_to_placements",
            "street",
            "phone",
        )
        return PlaceData.from_json(
            kept
            | {name: answers[name] for name in names}
            | {
                "sector": answers["sector"].slug,
                f"summary_{self._language}": answers["summary"],
                "email": answers["service_email"],
                "website": answers["site_url"],
                "nis": self.found.nis,
                "postal_code": self.postal_code,
                "precision": Precision.ADDRESS if answers["street"] else Precision.MUNICIPALITY,
                "lat": kept.get("lat") if is_same_spot else None,
                "lon": kept.get("lon") if is_same_spot else None,
            }
        )


class ProposalForm(EmailLimitMixin, PlaceForm):
    """A place for the map, from anybody; confirmed by mail, then decided by a person."""

    scope = "propose-place"
    limit_per_ip: ClassVar[int] = 20

    email = EmailField(
        label=_("Your own e-mail address"),
        help_text=_("Not published. We send you a link to confirm, then our answer, and erase it a month later."),
    )
    proposer = forms.ChoiceField(
        label=_("Do you work for this service?"),
        choices=Proposer,
        widget=forms.RadioSelect,
        help_text=_("The map then says who told us: the service itself, if your address is one of its own, or a visitor."),
    )


class ChangeForm(PlaceForm):
    """The same, from the service itself, with what the map says of it now."""

    scope = "change-place"

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        found = belgium.municipality(place.nis)
        kwargs["initial"] = {
            "sector": place.sector.slug,
            "summary": getattr(place, f"summary_{self._language}"),
            "municipality": f"{place.postal_code} {found.name(self._language) if found else ''}".strip(),
            "service_email": place.email,
            "site_url": place.website,
            **{name: getattr(place, name) for name in ("name_fr", "name_nl", "practices", "role_names", "headcount", "since", "languages")},
            **{name: getattr(place, name) for name in ("is_open_to_placements", "street", "phone")},
        }
        super().__init__(*args, **kwargs)


class ReportForm(PublicForm):
    """'Something is wrong here.'"""

    scope = "report-place"
    limit_per_ip: ClassVar[int] = 20

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=ReportReason, widget=forms.RadioSelect)
    comment = forms.CharField(
        label=_("Tell us more"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("No names of people, please."),
    )
    email = EmailField(label=_("Your e-mail address"), required=False, help_text=_("Only if you wish an answer. Erased a month after it."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (
            cleaned.get("reason") in {ReportReason.WRONG, ReportReason.OTHER}
            and not cleaned.get("comment")
            and "comment" not in self.errors
        ):
            self.add_error("comment", _("Please tell us what is wrong: we cannot guess it."))
        return cleaned


class LinkForm(PublicForm):
    """'Send our service the link to its record.' The email is that of the record, not typed."""

    scope = "edit-link"
    is_timed = False

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        self.email = email
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Limits the mails to one organisation per day, like other forms the mails to one email."""
        cleaned = super().clean()
        if not self.errors and not check_rate_limit(
            scope="edit-link-email", key=self.email, limit=MAILS_TO_ONE_EMAIL, period=DAY, now=self.now
        ):
            raise ValidationError(_("Too many forms came for this address today. Please try again tomorrow, or write to us."), code="limit")
        return cleaned
