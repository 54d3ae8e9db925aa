"""Figures of the sheets of numbers: Housing First, the people of the mobile team, peer support since the start, funding.

What is asked is data (`followup.activities.sheets`), and so is what each figure counts: its sentence is the docstring of its `count`.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.figures.definitions import Breakdown, Column, Count, Definition, Part, Rows
from core.figures.period import Scope
from core.models import FigureUnit
from followup.activities.address import sheet_url, when
from followup.activities.sheets import Group, Line, Sheet, sheet_called, sheets
from followup.activities.words import in_reader_language, lazy_words
from followup.figures.told import Told, numbers_in, whole

PERMISSION = "followup.view_countsheet"
# Lines of a sheet that are in another one: who kept a home had one.
WHOLES = {"hf_kept": "hf_housed"}
ALL_LINES = {key: line for sheet in sheets().values() for key, line in sheet.lines.items()}


def _rows_of_part(lines: dict[str, Line], scope: Scope, code: str) -> Rows:
    """Of the line with a code. What nobody told has no row."""
    return _opened([lines[code]] if code in lines else [], scope)


def rows_of(*keys: str) -> Callable[[Scope, str], Rows]:
    """The numbers of some lines."""
    return lambda scope, _part: _opened([ALL_LINES[key] for key in keys], scope)


def _opened(lines: list[Line], scope: Scope) -> Rows:
    labels = {line.key: line.labels for line in lines}
    return Rows(
        queryset=numbers_in(scope.period).filter(line__in=labels).select_related("sheet__team"),
        columns=(
            Column(_("Sheet"), lambda row: sheet_called(row.sheet.sheet).label),
            Column(_("Team"), lambda row: row.sheet.team.name if row.sheet.team else "–"),
            Column(_("Month or year"), lambda row: when(row.sheet)),
            Column(_("Line"), lambda row: in_reader_language(labels[row.line])),
            Column(_("Number"), lambda row: row.number),
        ),
        permission=PERMISSION,
        weight="number",
        link=lambda row: sheet_url(row.sheet),
    )


def definitions_of(sheet: Sheet, group: Group) -> Iterator[Definition]:
    """A breakdown for parts of a whole, else a figure for each line."""
    common: dict[str, Any] = {"programme": sheet.programme, "counts": lazy_words(group.counts)}
    if group.is_whole:
        yield Definition(
            key=group.key,
            section=group.section,
            unit=group.unit,
            label=lazy_words(group.labels),
            count=_documented(lambda told: _breakdown(told, group), group),
            rows=partial(_rows_of_part, {group.code_of(line): line for line in group.lines}),
            part_of=group.part_of,
            **common,
        )
        return
    for line in group.lines:
        yield Definition(
            key=line.key,
            section=line.section,
            unit=line.unit,
            label=lazy_words(line.labels),
            count=_documented(partial(_of_line, line), group),
            rows=rows_of(line.key),
            part_of=WHOLES.get(line.key, ""),
            computed_from=("hf_persons",) if line.unit == FigureUnit.YEARS else (),
            **common,
        )


def _of_line(line: Line, told: Told) -> Count:
    """What is said of people (their mean age) rests on them, not on the sheet that says it."""
    found = told.count(line.key)
    return replace(found, known=int(told.number(*FUNDING))) if line.unit == FigureUnit.YEARS and found.known else found


def _breakdown(told: Told, group: Group) -> Breakdown:
    parts = [Part(group.code_of(line), line.labels, whole(told.number(line.key)), line.key) for line in group.lines]
    return Breakdown(tuple(parts) if told.count(*(line.key for line in group.lines)).known else (), adds_up=group.adds_up)


def _documented(count: Callable[[Told], Count | Breakdown], group: Group) -> Callable[[Told], Count | Breakdown]:
    count.__doc__ = group.counts["en"]
    return count


def lines_of(key: str) -> tuple[str, ...]:
    """The keys of the lines of a group."""
    groups = (group for sheet in sheets().values() for group in sheet.groups)
    return next(tuple(line.key for line in group.lines) for group in groups if group.key == key)


FUNDING = lines_of("hf_funding")
DEFINITIONS = [each for sheet in sheets().values() for group in sheet.groups for each in definitions_of(sheet, group)]
