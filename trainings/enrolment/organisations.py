"""Organisations the enrolment form suggests. Filtered in Python (a few hundred names), so that accents are ignored on every database."""

from core.models import Organisation
from core.text.comparison import folded

MOST = 8


def suggest_organisations(query: str) -> list[str]:
    """Names of listed organisations that contain `query`: those that begin with them first. Shape: at most 8 names."""
    wanted = folded(query)
    if len(wanted) < 2:
        return []
    names = {each.name for each in Organisation.objects.filter(is_listed=True)}
    found = [name for name in names if wanted in folded(name)]
    return sorted(found, key=lambda name: (not folded(name).startswith(wanted), folded(name)))[:MOST]


def organisation_named(name: str) -> Organisation | None:
    """The listed organisation of that name in French or Dutch, capitals and accents forgiven."""
    wanted = folded(name)
    if not wanted:
        return None
    listed = Organisation.objects.filter(is_listed=True).select_related("sector")
    return next((each for each in listed if wanted in {folded(each.name_fr), folded(each.name_nl)}), None)
