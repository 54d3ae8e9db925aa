"""What people write for our codes: the code itself, or its label in French, Dutch or English, inclusive endings or none."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db import models
from django.utils import translation

from core.imports.headings import folded_heading
from core.languages import Language
from core.models import Sector

YES = frozenset(("1", "yes", "true", "oui", "ja", "vrai", "waar", "x"))
NO = frozenset(("", "0", "no", "false", "non", "nee", "neen", "faux", "onwaar"))


def loose(text: str) -> str:
    """`pair·es-aidant·es salarié·es` and `Pairs-aidants salariés` are one."""
    words = [word for word in folded_heading(text).split() if word not in {"e", "es", "s", "ere", "eres", "in", "trice", "trices"}]
    return " ".join(word.rstrip("es") if len(word) > 3 else word for word in words)


@cache
def codes_by_word(choices: type[models.TextChoices]) -> dict[str, str]:
    """Every word that stands for a code. The labels of all languages: lists travel."""
    words: dict[str, str] = {}
    for language in Language.values:
        with translation.override(language):
            words |= {loose(str(choice.label)): str(choice.value) for choice in choices if choice.value}
    return words | {loose(value): value for value in choices.values if value}


def codes_in(text: str, choices: type[models.TextChoices]) -> tuple[list[str], list[str]]:
    """The codes a cell names, and the words that stand for none."""
    words = codes_by_word(choices)
    given = [part.strip() for part in text.replace(",", ";").replace("|", ";").split(";") if part.strip()]
    found = [words[loose(part)] for part in given if loose(part) in words]
    return list(dict.fromkeys(found)), [part for part in given if loose(part) not in words]


def labels_of(choices: type[models.TextChoices]) -> str:
    """What may be written, in the reader's language."""
    return ", ".join(f"{choice.label} ({choice.value})" for choice in choices if choice.value)


def sectors_by_word(sectors: Iterable[Sector]) -> Mapping[str, Any]:
    """Code of a sector by each of its names."""
    return {
        loose(name): sector.slug for sector in sectors for name in (sector.slug, sector.name_fr, sector.name_nl, sector.name_en) if name
    }
