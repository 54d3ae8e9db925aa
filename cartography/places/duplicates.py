"""Finds places that may be duplicates."""

from difflib import SequenceMatcher
from typing import Any
from urllib.parse import urlsplit

from cartography.enums import PlaceStatus
from cartography.geo.belgium import search_key
from cartography.models import Place

SIMILAR_NEARBY = 0.8
SIMILAR_ANYWHERE = 0.93
EMPTY_WORDS = frozenset(("asbl", "vzw", "le", "la", "les", "l", "de", "het", "the"))


def bare_name(name: str) -> str:
    """A name reduced for comparison: folded, without its legal form and articles."""
    return " ".join(word for word in search_key(name).split() if word not in EMPTY_WORDS)


def possible_duplicates(values: dict[str, Any], *, besides: int | None = None) -> list[Place]:
    """The places that resemble `values` (of PlaceData): a similar name nearby, nearly the same name anywhere, the same email or website."""
    names = [bare for name in (values.get("name_fr"), values.get("name_nl")) if (bare := bare_name(str(name or "")))]
    email, site = str(values.get("email") or ""), _site(str(values.get("website") or ""))
    places = Place.objects.exclude(pk=besides or 0).exclude(status=PlaceStatus.WITHDRAWN).select_related("sector")
    return [
        place
        for place in places
        if _is_similar(place, names, str(values.get("nis") or ""))
        or (email and place.email == email)
        or (site and place.nis == values.get("nis") and _site(place.website) == site)
    ]


def _is_similar(place: Place, names: list[str], nis: str) -> bool:
    least = SIMILAR_NEARBY if place.nis == nis else SIMILAR_ANYWHERE
    own = [bare for name in (place.name_fr, place.name_nl) if (bare := bare_name(name))]
    return any(name_similarity(name, other) >= least for name in names for other in own)


def name_similarity(first: str, second: str) -> float:
    """0 to 1. The cheap comparisons come first: most pairs differ widely."""
    if first == second:
        return 1.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > SIMILAR_NEARBY and matcher.quick_ratio() > SIMILAR_NEARBY else 0.0


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"
