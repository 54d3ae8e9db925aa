"""Which organisation of the directory a typed name means. Compared in Python (some hundred names), so that every database agrees."""

import re
from collections.abc import Iterable, Iterator

from django.db.models import F

from core.models import Organisation
from core.text.comparison import folded

# Legal forms and small words: `ASBL Le Foyer` and `Foyer` are one.
SILENT = frozenset(
    (
        *("asbl", "vzw", "aisbl", "ivzw", "sa", "nv", "srl", "bv", "scrl", "cv", "fondation", "stichting"),
        *("le", "la", "les", "l", "de", "du", "des", "d", "et", "a", "au", "aux"),
        *("en", "van", "het", "een", "der", "the", "of", "and"),
    )
)
SHORTEST_ACRONYM = 3


def organisation_key(name: str) -> str:
    """The words of a name that tell it from others, without accents, capitals, signs, legal forms and articles."""
    words = re.findall(r"[^\W_]+", folded(name))
    telling = [word for word in words if word not in SILENT]
    return " ".join(telling or words)


def names_in(text: str) -> list[str]:
    """`Santé mentale et exclusion sociale (Smes)` is three names: the whole, what stands before the brackets, what stands in them."""
    inside = re.findall(r"\(([^()]+)\)", text)
    outside = " ".join(re.sub(r"\([^()]*\)", " ", text).split())
    return list(dict.fromkeys(name for name in (text.strip(), outside, *inside) if organisation_key(name)))


def names_of(organisation: Organisation) -> list[str]:
    """Its names in French and Dutch, and its other ones."""
    others = [each.name for each in organisation.other_names.all()]
    return [name for name in (organisation.name_fr, organisation.name_nl, *others) if name]


def initials(name: str) -> str:
    """`Santé mentale et exclusion sociale` → `smes`; empty where that is too short to mean something."""
    letters = "".join(word[0] for word in organisation_key(name).split())
    return letters if len(letters) >= SHORTEST_ACRONYM else ""


def known_organisation(name: str, *, listed_only: bool = False) -> Organisation | None:
    """The organisation of that name in French or Dutch, or of that other name. None where two have it. One query."""
    wanted, key = folded(name).strip(), organisation_key(name)
    if not key:
        return None
    rows = list(_with_other_names(listed_only))
    exact = {row.pk: row for row in rows if wanted in {folded(each) for each in _spelled(row)}}
    found = exact or {row.pk: row for row in rows if key in {organisation_key(part) for each in _spelled(row) for part in names_in(each)}}
    return next(iter(found.values())) if len(found) == 1 else None


def organisations_spelled(part: str) -> Iterator[tuple[Organisation, str]]:
    """Listed organisations with each name of theirs that contains `part`. One query."""
    wanted = folded(part)
    for row in _with_other_names(listed_only=True):
        yield from ((row, name) for name in _spelled(row) if wanted in folded(name))


def _with_other_names(listed_only: bool) -> Iterable[Organisation]:
    """A row for each other name, at least one for each organisation."""
    rows = Organisation.objects.filter(is_listed=True) if listed_only else Organisation.objects.all()
    return rows.select_related("sector").annotate(other_name=F("other_names__name"))


def _spelled(row: Organisation) -> list[str]:
    return [name for name in (row.name_fr, row.name_nl, getattr(row, "other_name", None)) if name]
