"""A year's figures come into the store: all of a file or nothing, and twice is as once."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.db import transaction

from core.figures.reading import LANGUAGES, FigureRow
from core.models import Figure, FigureUnit, FigureValue, Programme

KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,80}")
YES: Final = frozenset(("true", "yes", "1", "x", "oui", "ja", "vrai", "waar"))
NO: Final = frozenset(("", "false", "no", "0", "non", "nee", "faux", "onwaar"))
LABELS: Final = tuple(f"label_{language}" for language in LANGUAGES)
SOURCES: Final = tuple(f"source_{language}" for language in LANGUAGES)
# A whole chapter, and the two parts of the report that belong to no programme.
PROGRAMMES: Final = {"": "", "general": "", "funding": "", **{value: value for value in Programme.values}}


class FiguresRefused(Exception):
    """The file was not taken; `reasons` name each place and what is wrong there."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did. Shape: {"new figures": 251, …}."""

    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """A row that makes sense: what the figure is, and its value of the year."""

    key: str
    figure: dict[str, Any]
    year: int
    value: dict[str, Any]


@transaction.atomic
def import_figures(*, rows: Iterable[FigureRow]) -> Imported:
    """Writes the figures of a file. Raises FiguresRefused with every reason; then nothing is written.

    A figure the store knows keeps what the file leaves empty; a new one needs its unit and its three labels.
    """
    rows = list(rows)
    keys = {row.words.get("key", "") for row in rows}
    stored = {each.key: each for each in Figure.objects.select_for_update().filter(key__in=keys)}
    checked, reasons = _checked(rows, stored)
    if reasons:
        raise FiguresRefused(reasons)
    done = Imported()
    values = {(each.figure_id, each.year): each for each in FigureValue.objects.filter(figure__key__in=keys)}
    if approved := [reason for row in checked if (reason := _approved(row, stored, values))]:
        raise FiguresRefused(approved)
    for row in checked:
        figure = stored[row.key] = _write(stored.get(row.key) or Figure(key=row.key), row.figure, "figures", done)
        value = values.get((figure.pk, row.year)) or FigureValue(figure=figure, year=row.year)
        _write(value, row.value, "values", done)
    return done


def _approved(row: _Checked, stored: dict[str, Figure], values: dict[tuple[int, int], FigureValue]) -> str:
    """Why a row cannot be taken: an approved report is corrected where it was approved."""
    value = values.get((stored[row.key].pk, row.year)) if row.key in stored else None
    if value is None or value.approved_version is None or value.value == row.value["value"]:
        return ""
    return f"{row.key}, {row.year}: {value.value} is of the approved report, and is corrected there."


def _write[Row: Figure | FigureValue](row: Row, wanted: dict[str, Any], name: str, done: Imported) -> Row:
    """Saves what differs."""
    is_new = row.pk is None
    changed = [field for field, value in wanted.items() if getattr(row, field) != value]
    for each in changed:
        setattr(row, each, wanted[each])
    if is_new or changed:
        row.save()
    done.counts[f"{'new' if is_new else 'changed' if changed else 'unchanged'} {name}"] += 1
    return row


def _checked(rows: list[FigureRow], stored: dict[str, Figure]) -> tuple[list[_Checked], list[str]]:
    """The rows that make sense, and what is wrong with the others."""
    checked: list[_Checked] = []
    reasons = [] if rows else ["The file holds no figure."]
    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        key, year = row.words.get("key", ""), row.words.get("year", "")
        first = seen.setdefault((key, year), row.place)
        wrong = _faults(row.words, stored.get(key))
        if key and first != row.place:
            wrong.append(f"the same figure and year stand at {first}")
        reasons += [f"{row.place} ({key or 'without key'}): {each}." for each in wrong]
        if not wrong:
            checked.append(_understood(row.words))
    return checked, reasons


def _faults(words: dict[str, str], stored: Figure | None) -> list[str]:
    """What is wrong with a row."""
    faults = []
    if not KEY.fullmatch(words.get("key", "")):
        faults.append("a key is made of letters, digits, - and _")
    faults += _faults_of_figure(words, stored)
    if not re.fullmatch(r"20\d\d|2100", words.get("year", "")):
        faults.append(f"the year is missing or wrong: {words.get('year', '')!r}")
    if _number(words.get("value", "")) is None:
        faults.append(f"the value is no number with at most two decimals: {words.get('value', '')!r}")
    if words.get("approximate", "").lower() not in YES | NO:
        faults.append(f"approximate is yes or no, not {words['approximate']!r}")
    faults += [f"{name} is missing" for name in SOURCES if not words.get(name)]
    return [*faults, *_too_long(words)]


def _faults_of_figure(words: dict[str, str], stored: Figure | None) -> list[str]:
    unit = words.get("unit", "")
    faults = []
    if unit and unit not in FigureUnit.values:
        faults.append(f"no unit is called {unit!r}; there are {', '.join(FigureUnit.values)}")
    elif unit and stored and unit != stored.unit:
        faults.append(f"it is counted in {stored.unit!r} until now: in {unit!r} it is another figure, with a key of its own")
    if words.get("programme", "").partition(".")[0] not in PROGRAMMES:
        faults.append(f"no programme is called {words['programme']!r}; there are {', '.join(Programme.values)}")
    if not stored:
        faults += [f"it is new, and {name} is missing" for name in ("unit", *LABELS) if not words.get(name)]
    return faults


def _too_long(words: dict[str, str]) -> list[str]:
    longest = dict.fromkeys(LABELS, 200) | dict.fromkeys((*SOURCES, "section"), 160)
    return [f"{name} is longer than {most} characters" for name, most in longest.items() if len(words.get(name, "")) > most]


def _understood(words: dict[str, str]) -> _Checked:
    """A row without faults. What it leaves empty of the figure stays as it is."""
    figure = {name: words[name] for name in ("section", "unit", *LABELS) if words.get(name)}
    if words.get("programme"):
        figure["programme"] = PROGRAMMES[words["programme"].partition(".")[0]]
    value = {name: words[name] for name in SOURCES} | {
        "value": _number(words["value"]),
        "is_approximate": words.get("approximate", "").lower() in YES,
        "note": words.get("note", ""),
    }
    return _Checked(key=words["key"], figure=figure, year=int(words["year"]), value=value)


def _number(text: str) -> Decimal | None:
    """`2542`, `2 542`, `58,5`, `58.50`. Never both signs: nobody could say which one is the decimal."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    if not number.is_finite() or number != round(number, 2) or not 0 <= number < 10**12:
        return None
    return number
