"""Validators of public contact details: an organisation's, never a person's."""

import re
from collections.abc import Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cartography.geo.belgium import Point

# Words before or after the dot that name a service: `accueil.namur@…` is not a person.
SERVICE_WORDS: Final = frozenset(
    (
        *("accueil", "admin", "administration", "aide", "antenne", "asbl", "bureau", "bxl", "bruxelles", "brussel", "brussels", "centre"),
        *("centrum", "club", "contact", "coordination", "coordinatie", "dienst", "direction", "directie", "equipe", "formation", "groep"),
        *("groupe", "hello", "housing", "info", "infos", "jobs", "liege", "mail", "maison", "mobile", "mons", "namur", "office", "onthaal"),
        *("pair", "pairaidance", "peer", "peerhulp", "peers", "permanence", "projet", "project", "psy", "secretariat", "secretariaat"),
        *("service", "social", "sociaal", "support", "team", "teams", "vzw"),
    )
)
PERSONAL: Final = re.compile(r"^(?P<first>[^\W\d_]{1,}(?:-[^\W\d_]+)*)\.(?P<rest>[^\W\d_]{2,}(?:[.-][^\W\d_]+)*)@", re.UNICODE)
MOBILE: Final = re.compile(r"(?<!\d)(?:(?:\+|00)\s*32\s*(?:\(0\))?|0)[\s./-]*4[\s./-]*[5-9](?:[\s./-]*\d){7}(?!\d)")
ANY_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def looks_personal(email: str) -> bool:
    """Whether an email reads like `first.last@…`."""
    found = PERSONAL.match(email.strip().lower())
    if not found:
        return False
    words = {found["first"], *re.split(r"[.-]", found["rest"])}
    return not words & SERVICE_WORDS


def no_person(email: str) -> None:
    """Refuses an email that names a person."""
    if looks_personal(email):
        raise ValidationError(
            _(
                "This looks like the address of a person. The map shows services only: give an address several people read,"
                " such as info@ or accueil@."
            ),
            code="personal",
        )


def no_mobile(text: str) -> None:
    """Refuses a Belgian mobile number: it usually belongs to one person."""
    if MOBILE.search(text):
        raise ValidationError(
            _("This looks like a mobile number, which usually belongs to one person. Give the number of the service."), code="mobile"
        )


def no_contact_inside(text: str) -> None:
    """For public texts: neither a mobile number nor an email of a person hidden in a sentence."""
    no_mobile(text)
    for email in ANY_EMAIL.findall(text):
        no_person(email)


def in_belgium(lat: float, lon: float) -> None:
    """Refuses a point elsewhere; says so when the two numbers were swapped."""
    if Point(lat, lon).is_in_belgium:
        return
    if Point(lon, lat).is_in_belgium:
        raise ValidationError(
            _("Latitude and longitude are swapped: in Belgium the latitude is about 50, the longitude about 4."), code="swapped"
        )
    raise ValidationError(_("This point does not lie in Belgium."), code="elsewhere")


def refuse_persons(values: Mapping[str, str]) -> dict[str, ValidationError]:
    """The errors of the public fields of a place, by field: e-mail, phone, and contacts hidden in its texts."""
    errors: dict[str, ValidationError] = {}
    checks = {"email": no_person, "phone": no_mobile}
    for field, value in values.items():
        try:
            checks.get(field, no_contact_inside)(str(value or ""))
        except ValidationError as error:
            errors[field] = error
    return errors
