"""One row of a file checked: the values of a PlaceData, or everything that is wrong with it, in words.

Only the columns of the file are looked at: `current`, what the map says of the place now, stands for the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from cartography.enums import Headcount, Practice, Precision, RoleName, ServiceLanguage
from cartography.geo import belgium
from cartography.importing.words import NO, YES, codes_by_word, codes_in, labels_of, loose
from cartography.models import Place
from cartography.validators import in_belgium, refuse_persons
from core.text.email_addresses import normalised, validate_public_email

# A point so far from the middle of its municipality is another place, or a mistake.
FAR: Final = 35.0
# Our downloads give five digits of a point: about a metre.
NEAR: Final = 0.00002
TEXTS: Final = ("name_fr", "name_nl", "summary_fr", "summary_nl", "summary_en", "phone", "street", "website")
PUBLIC_TEXTS: Final = ("email", "phone", "street", "summary_fr", "summary_nl", "summary_en")
LIMITS: Final = {name: getattr(Place._meta.get_field(name), "max_length", 0) for name in TEXTS}
CODES: Final[Mapping[str, type[TextChoices]]] = {"practices": Practice, "role_names": RoleName, "languages": ServiceLanguage}
MUNICIPALITY: Final = ("municipality", "municipality_fr", "municipality_nl", "municipality_nis")
Row = Mapping[str, str]


@dataclass(slots=True)
class Checked:
    """What came of a row. `values` begins with what the map says now."""

    row: Row
    headings: Mapping[str, str]
    values: dict[str, Any]
    errors: list[str] = field(default_factory=list)

    def heading(self, name: str) -> str:
        """What the file calls a column."""
        return self.headings.get(name, name)


def check_row(row: Row, *, sectors: Mapping[str, str], current: Mapping[str, Any] | None = None, headings: Row | None = None) -> Checked:
    """`sectors`: code by each name, as `words.sectors_by_word` gives them."""
    checked = Checked(row, headings or {}, dict(current or {}))
    _check_texts(checked)
    _check_sector(checked, sectors)
    _check_contacts(checked)
    _check_codes(checked)
    municipality = _check_municipality(checked, str((current or {}).get("nis", "")))
    if municipality:
        _check_point(checked, municipality, current or {})
    for error in refuse_persons({name: row.get(name, "") for name in PUBLIC_TEXTS}).values():
        checked.errors += error.messages
    return checked


def _check_texts(checked: Checked) -> None:
    for name in TEXTS:
        if name not in checked.row:
            continue
        text, limit = checked.row[name], LIMITS[name]
        if limit and len(text) > limit:
            told = {"column": checked.heading(name), "limit": limit}
            checked.errors.append(_("%(column)s is longer than %(limit)s characters.") % told)
        checked.values[name] = text
    if not checked.values.get("name_fr"):
        checked.values["name_fr"] = checked.values.get("name_nl", "")
    if not checked.values["name_fr"]:
        checked.errors.append(_("The name is missing."))


def _check_sector(checked: Checked, sectors: Mapping[str, str]) -> None:
    if "sector" not in checked.row and checked.values.get("sector"):
        return
    sector = sectors.get(loose(checked.row.get("sector", "")))
    if sector is None:
        checked.errors.append(_("There is no sector “%(sector)s”.") % {"sector": checked.row.get("sector", "")})
    checked.values["sector"] = sector or ""


def _check_contacts(checked: Checked) -> None:
    row = checked.row
    if "email" in row:
        checked.values["email"] = normalised(row["email"])
    for name, validate in (("email", validate_public_email), ("website", URLValidator(("http", "https")))):
        try:
            if row.get(name):
                validate(str(checked.values[name]))
        except ValidationError as error:
            if error.code == "invalid":
                told = {"column": checked.heading(name), "value": row[name]}
                checked.errors.append(_("%(column)s “%(value)s” is not complete.") % told)
            else:
                checked.errors += error.messages


def _check_codes(checked: Checked) -> None:
    row, values = checked.row, checked.values
    for name, choices in CODES.items():
        if name in row:
            values[name], unknown = codes_in(row[name], choices)
            _none_of(checked, name, ", ".join(unknown), labels_of(choices))
    if not values.get("practices"):
        checked.errors.append(_("Say how peers take part (%(column)s).") % {"column": checked.heading("practices")})
    if "headcount" in row:
        written = row["headcount"]
        headcount = written if written in Headcount.values else codes_by_word(Headcount).get(loose(written))
        values["headcount"] = headcount or ""
        _none_of(checked, "headcount", "" if headcount is not None else written, labels_of(Headcount))
    if "is_open_to_placements" in row:
        word = row["is_open_to_placements"].lower()
        values["is_open_to_placements"] = word in YES
        _none_of(checked, "is_open_to_placements", "" if word in YES | NO else word, f"{_('yes')}, {_('no')}")
    if "since" in row:
        since = row["since"]
        is_year = since.isdecimal() and 1970 <= int(since[:6]) <= 2100
        if since and not is_year:
            checked.errors.append(_("“%(value)s” is no year.") % {"value": since})
        values["since"] = int(since) if is_year else None


def _none_of(checked: Checked, name: str, unknown: str, known: str) -> None:
    if unknown:
        told = {"column": checked.heading(name), "value": unknown, "known": known}
        checked.errors.append(_("%(column)s: “%(value)s” is none of %(known)s.") % told)


def _check_municipality(checked: Checked, current: str) -> belgium.Municipality | None:
    """By its name in French, in Dutch, in both, by its postal code, or its NIS code. Of several columns the corrected one counts."""
    row = checked.row
    if not {*MUNICIPALITY, "postal_code"} & set(row) and current:
        return belgium.municipality(current)
    code = row.get("postal_code", str(checked.values.get("postal_code", "")))
    named = {name: found for name in MUNICIPALITY if row.get(name) and (found := _named(row[name], code) or _named(row[name], ""))}
    nis = {each.nis: each for found in named.values() for each in found if len(found) == 1}
    if len(nis) > 1:
        nis.pop(current, None)
    strange = [row[name] for name in MUNICIPALITY if row.get(name) and name not in named]
    if strange:
        checked.errors.append(_("There is no municipality “%(name)s”.") % {"name": strange[0]})
        return None
    found = [*nis.values()] or belgium.find(name=next((row[name] for name in MUNICIPALITY if row.get(name)), ""), postal_code=code)
    if len(found) != 1:
        _tell_which(checked, found, code)
        return None
    # Another municipality leaves the postal code of the old one behind.
    if code and code not in found[0].postal_codes and (row.get("postal_code") or not current):
        right = ", ".join(each.both_names for each in belgium.with_postal_code(code))
        told = {"code": code, "right": right, "name": found[0].both_names}
        words = _("Postal code %(code)s belongs to %(right)s, not to %(name)s.") if right else _("There is no postal code %(code)s.")
        checked.errors.append(words % told)
        return None
    known = found[0].postal_codes
    kept = code if code in known else ""
    checked.values |= {"nis": found[0].nis, "postal_code": kept or (known[0] if len(known) == 1 else "")}
    return found[0]


def _tell_which(checked: Checked, found: list[belgium.Municipality], code: str) -> None:
    if found:
        names = ", ".join(each.both_names for each in found)
        checked.errors.append(_("More than one municipality answers: %(names)s.") % {"names": names})
    elif code and not belgium.with_postal_code(code):
        checked.errors.append(_("There is no postal code %(code)s.") % {"code": code})
    else:
        checked.errors.append(_("The municipality is missing."))


def _named(name: str, code: str) -> list[belgium.Municipality]:
    """`Schaerbeek`, `Schaarbeek` and `Schaerbeek / Schaarbeek` are the same."""
    by_nis = belgium.municipality(name)
    if by_nis:
        return [by_nis]
    parts = [part.strip() for part in name.split("/") if part.strip()]
    return next((found for part in parts if (found := belgium.find(name=part, postal_code=code))), [])


def _check_point(checked: Checked, municipality: belgium.Municipality, current: Mapping[str, Any]) -> None:
    row, values = checked.row, checked.values
    street = str(values.get("street", ""))
    written = row.get("precision", "")
    usual = current.get("precision") or (Precision.ADDRESS if street else Precision.MUNICIPALITY)
    precision = codes_by_word(Precision).get(loose(written), "") if written else usual
    _none_of(checked, "precision", "" if precision else written, labels_of(Precision))
    values["precision"] = precision
    if precision == Precision.MUNICIPALITY and street:
        checked.errors.append(_("A place shown by its municipality only has no street: it would give it away."))
    if current and current.get("nis") != municipality.nis:
        values |= {"lat": None, "lon": None}  # the point of the old municipality would be a false one
    if not row.get("lat") and not row.get("lon"):
        if not current:
            values |= {"lat": None, "lon": None}
        return
    point = _point(checked, municipality)
    if point is None or (current and _is_near(point, current)):
        return
    values |= {"lat": point.lat, "lon": point.lon} if precision == Precision.ADDRESS else {"lat": None, "lon": None}


def _point(checked: Checked, municipality: belgium.Municipality) -> belgium.Point | None:
    try:
        lat, lon = (float(checked.row.get(name, "").replace(",", ".")) for name in ("lat", "lon"))
        in_belgium(lat, lon)
    except ValidationError as error:
        checked.errors += error.messages
        return None
    except ValueError:
        checked.errors.append(_("Latitude and longitude must both be numbers."))
        return None
    middle = belgium.point_of(municipality.nis, str(checked.values["postal_code"]))
    if middle and (distance := belgium.kilometres(middle, belgium.Point(lat, lon))) > FAR:
        checked.errors.append(_("The point lies %(km)s km from %(name)s.") % {"km": round(distance), "name": municipality.both_names})
        return None
    return belgium.Point(lat, lon)


def _is_near(point: belgium.Point, current: Mapping[str, Any]) -> bool:
    """The point of our own download, rounded: nothing was corrected."""
    return abs(point.lat - current["lat"]) < NEAR and abs(point.lon - current["lon"]) < NEAR
