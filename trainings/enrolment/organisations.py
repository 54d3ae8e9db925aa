"""Organisations the enrolment form suggests. Filtered in Python (a few hundred names), so that accents are ignored on every database."""

from core.directory.names import known_organisation, organisations_spelled
from core.models import Organisation
from core.text.comparison import folded

MOST = 8


def suggest_organisations(query: str) -> list[str]:
    """Names of listed organisations one of whose names contains `query`: those that begin with it first. Shape: at most 8 names."""
    wanted = folded(query)
    if len(wanted) < 2:
        return []
    found = {organisation.name for organisation, _spelling in organisations_spelled(query)}
    return sorted(found, key=lambda name: (not folded(name).startswith(wanted), folded(name)))[:MOST]


def organisation_named(name: str) -> Organisation | None:
    """The listed organisation a person means, by any name it has or had; capitals, accents and legal form forgiven."""
    return known_organisation(name, listed_only=True)
