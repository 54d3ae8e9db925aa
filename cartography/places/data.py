"""The data of a place, in one form for forms, files and the queue; serialisable as JSON."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _

from cartography.enums import Precision, Provenance
from cartography.geo import belgium
from cartography.models import Place
from core.languages import current_language
from core.models import Organisation, Sector


class CannotPlace(Exception):
    """No municipality, no sector, or no point: the message says which, in the reader's language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceData:
    """The facts of a place that readers see. `sector` is its code; without `lat` and `lon` the point is that of the municipality."""

    name_fr: str
    name_nl: str = ""
    sector: str
    practices: list[str] = field(default_factory=list)
    role_names: list[str] = field(default_factory=list)
    since: int | None = None
    headcount: str = ""
    languages: list[str] = field(default_factory=list)
    is_open_to_placements: bool = False
    summary_fr: str = ""
    summary_nl: str = ""
    summary_en: str = ""
    precision: str = Precision.MUNICIPALITY
    street: str = ""
    postal_code: str = ""
    nis: str
    lat: float | None = None
    lon: float | None = None
    email: str = ""
    phone: str = ""
    website: str = ""

    def as_json(self) -> dict[str, Any]:
        """For the queue."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "PlaceData":
        """Of the queue; what later versions of the code do not know is left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})

    @classmethod
    def of(cls, place: Place) -> "PlaceData":
        """What is said of a place now."""
        own = {each.name: getattr(place, each.name) for each in fields(cls) if each.name != "sector"}
        return cls(**own | {"sector": place.sector.slug})


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What only the team sees or decides of a place, besides its facts."""

    organisation: Organisation | None = None
    is_location_verified: bool = True
    internal_note: str = ""
    provenance: str = Provenance.SMES
    source: str = ""
    is_example: bool = False

    def write(self, place: Place) -> list[str]:
        """Into `place`, unsaved; returns the names of the fields that changed."""
        changed = [each.name for each in fields(self) if getattr(place, each.name) != getattr(self, each.name)]
        for name in changed:
            setattr(place, name, getattr(self, name))
        return changed


def apply_data(place: Place, data: PlaceData) -> list[str]:
    """Writes `data` into `place`, unsaved; returns the names of the fields that changed.

    Region and point follow the municipality; a point that is only that of the postal code counts as not placed. Raises CannotPlace.
    """
    sector = Sector.objects.filter(slug=data.sector).first()
    municipality = belgium.municipality(data.nis)
    if sector is None:
        raise CannotPlace(_("There is no sector “%(name)s”.") % {"name": data.sector})
    if municipality is None:
        raise CannotPlace(_("There is no municipality “%(name)s”.") % {"name": data.nis})
    values = data.as_json() | {"sector": sector, "region": municipality.region}
    if data.precision == Precision.MUNICIPALITY:
        values |= {"street": "", "lat": None, "lon": None}
    if values["lat"] is None or values["lon"] is None:
        point = belgium.point_of(data.nis, data.postal_code) or (belgium.Point(place.lat, place.lon) if place.pk else None)
        if point is None:
            raise CannotPlace(_("No point is known for %(name)s.") % {"name": municipality.name(current_language())})
        values |= {"lat": point.lat, "lon": point.lon}
    values["is_point_placed"] = data.precision == Precision.ADDRESS and belgium.Point(values["lat"], values["lon"]) != belgium.point_of(
        data.nis, data.postal_code
    )
    changed = [name for name, value in values.items() if getattr(place, name, None) != value or not place.pk]
    for name, value in values.items():
        setattr(place, name, value)
    return changed
