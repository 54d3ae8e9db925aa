"""Checks one row of a file: returns the values of a PlaceData, or every error in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from cartography.enums import Headcount, Practice, Precision, RoleName, ServiceLanguage
from cartography.geo import belgium
from cartography.validators import in_belgium, refuse_persons

YES = frozenset(("1", "yes", "true", "oui", "ja", "vrai", "waar", "x"))
# A point so far from the middle of its municipality is another place, or a mistake.
FAR = 35.0
PUBLIC_TEXTS = ("email", "phone", "street", "summary_fr", "summary_nl", "summary_en")
Labels = Mapping[str, str]


@dataclass(slots=True)
class Checked:
    """What came of a row."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def check_row(row: Mapping[str, str], *, sectors: Labels) -> Checked:
    """`sectors`: folded name in any language, or code → code."""
    checked = Checked()
    _check_words(row, checked, sectors)
    _check_codes(row, checked)
    municipality = _check_municipality(row, checked)
    if municipality:
        _check_point(row, checked, municipality)
    for error in refuse_persons({name: row.get(name, "") for name in PUBLIC_TEXTS}).values():
        checked.errors += error.messages
    return checked


def _check_words(row: Mapping[str, str], checked: Checked, sectors: Labels) -> None:
    limits = {"name_fr": 160, "name_nl": 160, "summary_fr": 600, "summary_nl": 600, "summary_en": 600, "phone": 40, "street": 160}
    for name, limit in limits.items():
        text = row.get(name, "")
        if len(text) > limit:
            checked.errors.append(_("%(column)s is longer than %(limit)s characters.") % {"column": name, "limit": limit})
        checked.values[name] = text
    if not checked.values["name_fr"]:
        checked.values["name_fr"] = row.get("name_nl", "")
    if not checked.values["name_fr"]:
        checked.errors.append(_("The name is missing."))
    sector = sectors.get(belgium.search_key(row.get("sector", ""))) or sectors.get(row.get("sector", ""))
    if sector is None:
        checked.errors.append(_("There is no sector “%(sector)s”.") % {"sector": row.get("sector", "")})
    checked.values["sector"] = sector or ""
    for name, validate in (("email", validate_email), ("website", URLValidator(("http", "https")))):
        checked.values[name] = row.get(name, "").lower() if name == "email" else row.get(name, "")
        if checked.values[name]:
            try:
                validate(str(checked.values[name]))
            except ValidationError:
                checked.errors.append(_("%(column)s “%(value)s” is not complete.") % {"column": name, "value": checked.values[name]})


def _check_codes(row: Mapping[str, str], checked: Checked) -> None:
    for name, codes in (("practices", Practice), ("role_names", RoleName), ("languages", ServiceLanguage)):
        given = [code.strip().lower() for code in row.get(name, "").replace(",", ";").split(";") if code.strip()]
        unknown = [code for code in given if code not in codes.values]
        if unknown:
            told = {"column": name, "value": ", ".join(unknown), "known": ", ".join(codes.values)}
            checked.errors.append(_("%(column)s: “%(value)s” is none of %(known)s.") % told)
        checked.values[name] = list(dict.fromkeys(given))
    if not checked.values["practices"]:
        checked.errors.append(_("Say how peers take part (practices)."))
    checked.values["headcount"] = row.get("headcount", "") if row.get("headcount", "") in Headcount.values else ""
    checked.values["is_open_to_placements"] = row.get("is_open_to_placements", "").lower() in YES
    since = row.get("since", "")
    is_year = since.isdigit() and 1970 <= int(since) <= 2100
    if since and not is_year:
        checked.errors.append(_("“%(value)s” is no year.") % {"value": since})
    checked.values["since"] = int(since) if is_year else None


def _check_municipality(row: Mapping[str, str], checked: Checked) -> belgium.Municipality | None:
    """The municipality by its name in French, in Dutch, in both, by its postal code, or its NIS code."""
    name, code = row.get("municipality", ""), row.get("postal_code", "")
    by_nis = belgium.municipality(name)
    found = [by_nis] if by_nis else _named(name, code)
    if not found:
        told = {"name": name, "code": code}
        if code and not belgium.with_postal_code(code):
            checked.errors.append(_("There is no postal code %(code)s.") % told)
        elif name and not belgium.as_entered(name):
            checked.errors.append(_("There is no municipality “%(name)s”.") % told)
        elif name and code:
            told["right"] = ", ".join(each.both_names for each in belgium.with_postal_code(code))
            checked.errors.append(_("Postal code %(code)s belongs to %(right)s, not to %(name)s.") % told)
        else:
            checked.errors.append(_("The municipality is missing."))
        return None
    if len(found) > 1:
        names = ", ".join(each.both_names for each in found)
        checked.errors.append(_("More than one municipality answers: %(names)s.") % {"names": names})
        return None
    known = found[0].postal_codes
    checked.values |= {"nis": found[0].nis, "postal_code": code or (known[0] if len(known) == 1 else "")}
    return found[0]


def _named(name: str, code: str) -> list[belgium.Municipality]:
    """`Schaerbeek`, `Schaarbeek` and `Schaerbeek / Schaarbeek` are the same."""
    parts = [part.strip() for part in name.split("/") if part.strip()] or [""]
    for part in parts:
        found = belgium.find(name=part, postal_code=code)
        if found:
            return found
    return []


def _check_point(row: Mapping[str, str], checked: Checked, municipality: belgium.Municipality) -> None:
    street = str(checked.values["street"])
    precision = row.get("precision", "") or (Precision.ADDRESS if street else Precision.MUNICIPALITY)
    if precision not in Precision.values:
        told = {"column": "precision", "value": precision, "known": ", ".join(Precision.values)}
        checked.errors.append(_("%(column)s: “%(value)s” is none of %(known)s.") % told)
        return
    checked.values["precision"] = precision
    checked.values |= {"lat": None, "lon": None}
    if precision == Precision.MUNICIPALITY and street:
        checked.errors.append(_("A place shown by its municipality only has no street: it would give it away."))
    if not row.get("lat") and not row.get("lon"):
        return
    try:
        lat, lon = (float(row.get(name, "").replace(",", ".")) for name in ("lat", "lon"))
        in_belgium(lat, lon)
    except ValidationError as error:
        checked.errors += error.messages
        return
    except ValueError:
        checked.errors.append(_("Latitude and longitude must both be numbers."))
        return
    middle = belgium.point_of(municipality.nis, str(checked.values["postal_code"]))
    if middle and (distance := belgium.kilometres(middle, belgium.Point(lat, lon))) > FAR:
        checked.errors.append(_("The point lies %(km)s km from %(name)s.") % {"km": round(distance), "name": municipality.both_names})
        return
    if precision == Precision.ADDRESS:
        checked.values |= {"lat": lat, "lon": lon}
