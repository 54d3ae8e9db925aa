"""What the sheets of numbers ask, as data (`data/sheets.json`): of a team each month, of a programme each year.

The key of a line is the key of its figure in the report, the same in every year.
"""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.models import FigureUnit, Programme
from followup.activities.words import in_reader_language

DATA = Path(__file__).parent / "data" / "sheets.json"
MONTH, YEAR = "month", "year"


class UnknownSheet(Exception):
    """No sheet has this code, or no line this key."""


@dataclass(frozen=True, slots=True)
class Line:
    """One number that is asked."""

    key: str
    labels: Mapping[str, str]
    unit: FigureUnit
    section: str
    decimals: int

    @property
    def label(self) -> str:
        return in_reader_language(self.labels)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are told together. `is_whole`: they are parts of a whole; where one thing may count twice, `adds_up` is False.

    `is_flow`: what happened in a month, so that months add up; otherwise a number that holds for its year.
    """

    key: str
    stem: str
    labels: Mapping[str, str]
    counts: Mapping[str, str]
    hint: Mapping[str, str] | None
    section: str
    unit: FigureUnit
    is_flow: bool
    is_whole: bool
    adds_up: bool
    part_of: str
    same_total_as: str
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        return in_reader_language(self.labels)

    def code_of(self, line: Line) -> str:
        """What a line is called among the lines of its group: `ggc` for `hf_ggc`."""
        return line.key.removeprefix(f"{self.stem}_")

    @property
    def hint_text(self) -> str:
        return in_reader_language(self.hint) if self.hint else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form of numbers: of each team or of a programme, each month or each year. `permission`: one it asks for besides."""

    code: str
    every: str
    programme: Programme | None
    by_team: bool
    permission: str
    labels: Mapping[str, str]
    groups: tuple[Group, ...]

    @property
    def label(self) -> str:
        return in_reader_language(self.labels)

    @property
    def lines(self) -> dict[str, Line]:
        """By key, in their order."""
        return {line.key: line for group in self.groups for line in group.lines}

    @property
    def is_monthly(self) -> bool:
        return self.every == MONTH

    def first_day(self, day: datetime.date) -> datetime.date:
        """Of the month or year that holds `day`."""
        return day.replace(day=1) if self.is_monthly else day.replace(month=1, day=1)

    def before(self, first_day: datetime.date) -> datetime.date:
        """The first day of the month or year before."""
        return self.first_day(first_day - datetime.timedelta(days=1))

    def after(self, first_day: datetime.date) -> datetime.date:
        """The first day of the next."""
        return self.first_day(first_day + datetime.timedelta(days=31 if self.is_monthly else 366))


@cache
def sheets() -> dict[str, Sheet]:
    """Every sheet by its code."""
    return {each["code"]: _sheet(each) for each in json.loads(DATA.read_text("utf-8"))}


def sheet_called(code: str) -> Sheet:
    """Raises UnknownSheet."""
    try:
        return sheets()[code]
    except KeyError:
        raise UnknownSheet(code) from None


def _sheet(told: dict[str, Any]) -> Sheet:
    return Sheet(
        code=told["code"],
        every=told["every"],
        programme=Programme(told["programme"]) if told["programme"] else None,
        by_team=told["by_team"],
        permission=told.get("permission", ""),
        labels=told["labels"],
        groups=tuple(_group(each) for each in told["groups"]),
    )


def _group(told: dict[str, Any]) -> Group:
    return Group(
        key=told["key"],
        stem=told.get("stem", told["key"]),
        labels=told["labels"],
        counts=told["counts"],
        hint=told.get("hint"),
        section=told["section"],
        unit=FigureUnit(told["unit"]),
        is_flow=told["counted"] == "sum",
        is_whole=told["shown_as"] == "parts",
        adds_up=told.get("adds_up", True),
        part_of=told.get("part_of", ""),
        same_total_as=told.get("same_total_as", ""),
        lines=tuple(_line(each, told) for each in told["lines"]),
    )


def _line(told: dict[str, Any], group: dict[str, Any]) -> Line:
    unit = FigureUnit(told.get("unit", group["unit"]))
    decimals = told.get("decimals", group.get("decimals", 0))
    return Line(told["key"], told["labels"], unit, told.get("section", group["section"]), decimals)
