"""Parts of breakdowns: of choices, and of sectors."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count as CountRows
from django.db.models import F

from core.figures.definitions import UNKNOWN, Breakdown, Part, in_languages
from core.figures.questions import Questions
from core.languages import NAMES


def by_choice(choices: Iterable[Any], counted: Mapping[str, int]) -> Breakdown:
    """A part for each choice, those without a row too; what nobody chose is unknown."""
    parts = tuple(Part(choice.value, in_languages(choice.label), counted.get(choice.value, 0)) for choice in choices)
    return Breakdown(parts, unknown=counted.get(UNKNOWN, 0))


def sectors_of(rows: Any, sector: str) -> Questions[Breakdown]:
    """Rows by their sector (`sector`: the way to it). One question."""
    names = {f"name_{code}": F(f"{sector}__name_{code}") for code in NAMES}
    found = rows.order_by().values(code=F(f"{sector}__slug"), **names).annotate(rows=CountRows("pk"))
    known, unknown = [], 0
    for each in sorted((yield found), key=lambda each: each["code"] or UNKNOWN):
        if each["code"] is None:
            unknown = each["rows"]
        else:
            known.append(Part(each["code"], {code: each[f"name_{code}"] for code in NAMES}, each["rows"]))
    return Breakdown(tuple(known), unknown=unknown)


def of_sector(rows: Any, sector: str, code: str) -> Any:
    """The rows of one part."""
    return rows.filter(**({f"{sector}__isnull": True} if code == UNKNOWN else {f"{sector}__slug": code}))
