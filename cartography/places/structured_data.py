"""Structured data of a place (schema.org)."""

from typing import Any

from django.utils.safestring import SafeString

from cartography.enums import Precision
from core.web.structured_data import json_ld


def place_data(place: Any, *, url: str) -> SafeString:
    """The place as a schema.org Organization, safe to stand in a script element."""
    address = {"@type": "PostalAddress", "postalCode": place.postal_code, "addressLocality": place.municipality, "addressCountry": "BE"}
    if place.precision == Precision.ADDRESS and place.street:
        address["streetAddress"] = place.street
    data = {"@type": "Organization", "name": place.name, "address": address, "url": place.website or url}
    contact = {"email": place.email, "telephone": place.phone}
    return json_ld(data | {name: value for name, value in contact.items() if value})
