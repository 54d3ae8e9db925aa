"""The annual report of 2024 beside what the site counts from rows: for each printed figure the computed one, or why there is none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

import yaml

from core.figures.definitions import Breakdown, sources
from core.figures.period import Period, Scope
from demo.figures import figures_by_id
from demo.reading import CONTENT, facts

YEAR = 2024
# How printed figures are found among those that are counted, and why some are not (`site/demo/content/facts/report-compared.yaml`).
RULES = CONTENT / "facts" / "report-compared.yaml"


@dataclass(frozen=True, slots=True)
class Counted:
    """One number: of a figure, or of a part of a breakdown with its share. `known`: how many rows it rests on."""

    value: Decimal
    known: Decimal
    unknown: int = 0
    share: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed figure. `key`: the counted figure it is compared with; `reason`: why they differ, or why nothing is counted."""

    id: str
    label: str
    unit: str
    printed: Decimal
    key: str
    counted: Counted | None
    computed: Decimal | None
    reason: str

    @property
    def matches(self) -> bool:
        return self.computed is not None and self.computed == self.printed

    @property
    def verdict(self) -> str:
        if self.matches:
            return "same"
        return "not counted" if self.computed is None else "differs"


@cache
def rules() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(RULES.read_text("utf-8"))
    return found


def count_year(year: int) -> dict[str, Counted]:
    """Every figure and every part of a breakdown of a year, by its key."""
    scope = Scope(Period.of_year(year))
    found: dict[str, Counted] = {}
    for source in sources():
        read = source.read(scope)
        for each in source.definitions:
            counted = each.count(read)
            if isinstance(counted, Breakdown):
                found |= _of_parts(each.key, counted)
            elif counted.value is not None:
                found[each.key] = Counted(Decimal(counted.value), Decimal(counted.known), counted.unknown)
    return found


def _of_parts(key: str, breakdown: Breakdown) -> dict[str, Counted]:
    whole = Decimal(breakdown.known)
    found = {f"{key}*": Counted(whole, whole, breakdown.unknown)}
    for part in breakdown.parts:
        share = 100 * Decimal(part.value) / whole if whole else None
        # Of things told beside one another, such as cycles, each rests on its own.
        known = whole if breakdown.adds_up else Decimal(part.value)
        counted = Counted(Decimal(part.value), known, breakdown.unknown, share)
        found[part.key or f"{key}_{part.code}"] = counted
        # Where a code is a number of the database, the rules name the part by its words.
        found[f"{key}: {part.labels['fr']}"] = counted
    return found


def compare(counted: Mapping[int, Mapping[str, Counted]]) -> list[Line]:
    """Every printed figure, in the order of the report. `counted`: what was counted of each year a figure may be of."""
    return [_line(figure, counted) for figure in figures_by_id().values()]


def years_needed() -> list[int]:
    """2024, and the years of figures that were printed for comparison."""
    return sorted({YEAR, *(int(key.partition("@")[2]) for key in rules()["equals"].values() if "@" in key)})


def _line(figure: Mapping[str, Any], counted: Mapping[int, Mapping[str, Counted]]) -> Line:
    printed = Decimal(str(figure["value"]))
    key, year = _key_of(figure["id"], counted[YEAR])
    found = counted[year].get(key)
    return Line(
        id=figure["id"],
        label=figure["label_en"],
        unit=figure["unit"],
        printed=printed,
        key=key if year == YEAR else f"{key} ({year})",
        counted=found,
        computed=_as_printed(found, figure, printed) if found else None,
        reason=reason_for(figure["id"]),
    )


def _key_of(figure: str, counted: Mapping[str, Counted]) -> tuple[str, int]:
    """The counted figure: under its own key, under the one the rules give, or a share of the breakdown the key names."""
    equals = rules()["equals"].get(figure, "")
    if equals:
        key, _at, year = equals.partition("@")
        return key, int(year or YEAR)
    for old, new in rules()["prefixes"].items():
        if figure.startswith(old):
            return figure.replace(old, new, 1), YEAR
    share = figure.replace("_pct_", "_", 1)
    return (share if figure not in counted and share in counted else figure), YEAR


def _as_printed(found: Counted, figure: Mapping[str, Any], printed: Decimal) -> Decimal | None:
    """Rounded as the report rounds: to as many decimals as it prints, or to halves."""
    value = found.share if figure["unit"] == "%" and found.share is not None else found.value
    if figure["id"].startswith(tuple(rules()["in_halves"])):
        return (value * 2).quantize(Decimal(1), ROUND_HALF_UP) / 2
    return value.quantize(Decimal(1).scaleb(min(0, int(printed.normalize().as_tuple().exponent))), ROUND_HALF_UP)


def reason_for(figure: str) -> str:
    """Why a figure is not the same as the printed one, or how it comes to be; empty where there is nothing to say."""
    for start, reason in rules()["reasons"].items():
        if figure == start or (start.endswith("*") and figure.startswith(start[:-1])):
            return str(reason)
    return ""


def as_document(lines: list[Line]) -> str:
    """docs/report-2024-compared.md."""
    same = sum(line.matches for line in lines)
    return "\n".join([*_opening(len(lines), same), *_table(lines), *_contradictions(), ""])


def _opening(count: int, same: int) -> Iterator[str]:
    yield "# The report of 2024 beside what the site counts"
    yield ""
    yield "Written by `manage.py compare_report` from the demo, whose rows of 2023 and 2024 are made so that they count as printed"
    yield "([decision 42](decisions/0042-past-years-of-the-demo.md)). Computed figures are rounded as the report rounds them."
    yield "n: how many rows a figure rests on (of a share: its denominator), and behind the sign + how many ought to tell it and do not."
    yield ""
    yield f"**{same} of {count} figures are the same.** The others say why they cannot be."


def _table(lines: list[Line]) -> Iterator[str]:
    section = ""
    figures = figures_by_id()
    for line in lines:
        here = figures[line.id]["section_nl"]
        if here != section:
            section = here
            yield from ("", f"## {section}", "", "| id | figure | printed | computed | n | verdict |", "|---|---|---|---|---|---|")
        yield f"| {line.id} | {line.label} | {_number(line.printed)} | {_computed(line)} | {_rests_on(line)} | {_verdict(line)} |"


def _computed(line: Line) -> str:
    return "–" if line.computed is None else _number(line.computed)


def _rests_on(line: Line) -> str:
    if line.counted is None:
        return "–"
    return f"{_number(line.counted.known)} + {line.counted.unknown}" if line.counted.unknown else _number(line.counted.known)


def _verdict(line: Line) -> str:
    return f"{line.verdict}: {line.reason}" if line.reason else line.verdict


def _contradictions() -> Iterator[str]:
    yield from ("", "## Where the printed report contradicts itself", "")
    yield from (f"- {each}" for each in facts("figures-2024")["contradictions_in_report"])


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"
