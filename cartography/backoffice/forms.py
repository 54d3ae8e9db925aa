"""The form of a place in the back-office: the facts, the point on our own map, and what only the team sees."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cartography.enums import Practice, Precision, RoleName, ServiceLanguage
from cartography.geo import belgium
from cartography.models import Place
from cartography.places.data import Notes, PlaceData
from cartography.validators import in_belgium, refuse_persons
from core.languages import current_language

PUBLIC_TEXTS = ("email", "phone", "street", "summary_fr", "summary_nl", "summary_en")
NOTES = ("organisation", "is_location_verified", "internal_note", "provenance", "source", "is_example")


class PlaceAdminForm(WagtailAdminModelForm):
    """Saved by the services: this form only says what they shall write."""

    practices = forms.MultipleChoiceField(label=_("Peer practice"), choices=Practice, widget=forms.CheckboxSelectMultiple)
    role_names = forms.MultipleChoiceField(
        label=_("What peers are called there"), choices=RoleName, widget=forms.CheckboxSelectMultiple, required=False
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the service"), choices=ServiceLanguage, widget=forms.CheckboxSelectMultiple, required=False
    )
    municipality = forms.CharField(
        label=_("Postal code and municipality"), max_length=80, help_text=_("For example 1030 Schaerbeek, or only one of the two.")
    )
    lat = forms.FloatField(label=_("Latitude"), required=False, help_text=_("Empty: the point of the municipality."))
    lon = forms.FloatField(label=_("Longitude"), required=False)

    # In the order of the page: heading and fields of each section.
    sections: ClassVar = (
        (_("Name"), ("name_fr", "name_nl", "organisation", "sector")),
        (_("How peers take part"), ("practices", "role_names", "since", "headcount", "languages", "is_open_to_placements")),
        (_("What peers do there"), ("summary_fr", "summary_nl", "summary_en")),
        (_("Contact"), ("email", "phone", "website")),
        (_("Where in Belgium"), ("municipality", "precision", "street", "lat", "lon", "is_location_verified")),
        (_("For the team"), ("provenance", "source", "is_example", "internal_note")),
    )

    class Meta:
        model = Place
        fields = (
            *("name_fr", "name_nl", "organisation", "sector", "since", "headcount", "is_open_to_placements", "precision", "street"),
            *("summary_fr", "summary_nl", "summary_en", "email", "phone", "website", *NOTES[1:]),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        place: Place | None = kwargs.get("instance")
        if place is not None and place.pk:
            found = belgium.municipality(place.nis)
            own = {name: getattr(place, name) for name in ("practices", "role_names", "languages", "lat", "lon")}
            where = f"{place.postal_code} {found.name(current_language()) if found else ''}".strip()
            kwargs["initial"] = own | {"municipality": where} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.order_fields([name for _heading, names in self.sections for name in names])
        self.found: belgium.Municipality | None = None

    def fields_by_section(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """Heading, fields, and whether the map stands below them."""
        return [(str(heading), [self[name] for name in names], "lat" in names) for heading, names in self.sections]

    def clean_municipality(self) -> str:
        text: str = self.cleaned_data["municipality"]
        found = belgium.as_entered(text)
        if len(found) != 1:
            names = ", ".join(each.both_names for each in found)
            raise ValidationError(
                _("More than one municipality answers: %(names)s. Please add its name.") if found else _("We know no such municipality."),
                params={"names": names},
            )
        self.found = found[0]
        return text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for field, error in refuse_persons({name: cleaned.get(name, "") for name in PUBLIC_TEXTS}).items():
            self.add_error(field, error)
        if (cleaned.get("lat") is None) != (cleaned.get("lon") is None):
            self.add_error("lon", _("A point needs both numbers."))
        elif cleaned.get("lat") is not None:
            try:
                in_belgium(cleaned["lat"], cleaned["lon"])
            except ValidationError as error:
                self.add_error("lat", error)
        if cleaned.get("precision") == Precision.MUNICIPALITY and cleaned.get("street"):
            self.add_error("street", _("A place shown by its municipality only has no street: it would give it away."))
        return cleaned

    def _post_clean(self) -> None:
        """The instance stays as it is: the services write."""

    def place_data(self) -> PlaceData:
        """What `create_place` and `change_place` ask for."""
        answers = self.cleaned_data
        assert self.found is not None  # noqa: S101 (clean_municipality saw to it)
        digits = "".join(char for char in answers["municipality"] if char.isdigit())
        known = self.found.postal_codes
        code = digits if digits in known else known[0] if len(known) == 1 else ""
        place = self.instance
        if place.pk and (place.nis, place.postal_code) != (self.found.nis, code) and not {"lat", "lon"} & set(self.changed_data):
            # The point of the old municipality would be a false one in the new.
            answers = answers | {"lat": None, "lon": None}
        facts = {name: value for name, value in answers.items() if name not in {*NOTES, "municipality", "sector"}}
        return PlaceData.from_json(facts | {"sector": answers["sector"].slug, "nis": self.found.nis, "postal_code": code})

    def notes(self) -> Notes:
        """What only the team sees."""
        return Notes(**{name: self.cleaned_data[name] for name in NOTES})


class DecisionForm(forms.Form):
    """What the sender is told besides yes or no."""

    note = forms.CharField(
        label=_("Message to the sender"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands in the mail as you write it, if an address was left."),
    )


class ReasonForm(forms.Form):
    """Why a place leaves the map, and whether its service is told."""

    reason = forms.CharField(
        label=_("Reason"), max_length=240, help_text=_("For the history, and in the mail to the service. Readers do not see it.")
    )
    tells_service = forms.BooleanField(
        label=_("Write to the service"),
        required=False,
        initial=True,
        help_text=_("It is told why, and how it can come back. Only where readers saw the place and an address is known."),
    )


class ImportForm(forms.Form):
    """A file of places."""

    file = forms.FileField(
        label=_("File (CSV, XLSX or GeoJSON)"),
        help_text=_("5,000 rows and 2 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.json,.geojson,text/csv"}),
    )
