"""Which page tells which part of the annual report, and where each of its figures stands (docs/report-2024.md)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from demo.figures import figures_by_id, tokens_in
from demo.reading import CONTENT, as_typed, facts

SECTIONS = CONTENT / "facts" / "report-sections.yaml"
FIGURE_HEAD = ("figure", "value", "unit", "year", "section of the report", "pages")
FOLDERS = ("pages", "publications")


class UnknownSection(Exception):
    """A sheet names a section that the report does not have."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sheet: what its page is called, the sections it tells, and the figures that stand on it."""

    name: str
    sections: list[str]
    figures: set[str] = field(default_factory=set)


def sections() -> list[dict[str, str]]:
    """The sections of the report, in its order. Shape: {id, fr, nl}."""
    found: list[dict[str, str]] = yaml.safe_load(SECTIONS.read_text("utf-8"))
    return found


def told_sheets() -> list[Told]:
    """Every page of the demo that is written in a sheet."""
    known = {section["id"] for section in sections()}
    found = []
    for path in sorted(path for folder in FOLDERS for path in (CONTENT / folder).glob("*.yaml")):
        content = as_typed(path)
        told = content.get("report") or []
        if unknown := set(told) - known:
            raise UnknownSection(f"{path.relative_to(CONTENT)}: {', '.join(sorted(unknown))}")
        found.append(Told(_name(content), told, set(_figures_in(content))))
    return found


def _name(content: dict[str, Any]) -> str:
    """Title and key: `Intervisions (connect/intervisions)`."""
    key = content["key"] if "key" in content else f"publications/{content['slug']['fr']}"
    return f"{content['title']['fr']} ({key})"


def _figures_in(value: Any) -> Iterator[str]:
    """The figures a sheet names: an id alone is a block's, an id in braces stands in a text."""
    if isinstance(value, str):
        yield from [value] if value in figures_by_id() else tokens_in(value)
    elif isinstance(value, dict):
        for child in value.values():
            yield from _figures_in(child)
    elif isinstance(value, list):
        for child in value:
            yield from _figures_in(child)


def untold_sections() -> list[str]:
    """The sections no page tells."""
    told = {each for sheet in told_sheets() for each in sheet.sections}
    return [section["id"] for section in sections() if section["id"] not in told]


def used_figures() -> set[str]:
    """The figures that stand on a page."""
    return {figure for sheet in told_sheets() for figure in sheet.figures}


def as_document() -> str:
    """The two tables, in Markdown."""
    report, told = facts("figures-2024"), told_sheets()
    figures = figures_by_id().values()
    used = {figure for sheet in told for figure in sheet.figures}
    lines = [
        "# The annual report 2024 on the site",
        "",
        "Written by `manage.py report_coverage` from the sheets of the demo; never by hand.",
        "How the figures of a year come in: [figures.md](figures.md).",
        "",
        f"- Sections with a page: {len(sections()) - len(untold_sections())} of {len(sections())}.",
        f"- Figures that stand on a page, in a block or a sentence: {len(used)} of {len(figures)}.",
        f"- Source of every figure: {report['source']['en']}, {report['edition']}.",
        "",
        "## Sections",
        "",
        *_table(("section", "French", "Dutch", "pages"), (_section_row(section, told) for section in sections())),
        "",
        "## Figures",
        "",
        *_table(
            ("figure", "value", "unit", "year", "section of the report", "pages"),
            (_figure_row(each, report["year"], told) for each in figures),
        ),
    ]
    return "\n".join(lines) + "\n"


def _section_row(section: dict[str, str], told: list[Told]) -> tuple[str, ...]:
    pages = [sheet.name for sheet in told if section["id"] in sheet.sections]
    return section["id"], section["fr"], section["nl"], "; ".join(pages) or "**none**"


def _figure_row(figure: dict[str, Any], year: int, told: list[Told]) -> tuple[str, ...]:
    pages = [sheet.name for sheet in told if figure["id"] in sheet.figures]
    value = f"{'about ' if figure.get('approximate') else ''}{figure['value']:.12g}"
    return figure["id"], value, figure["unit"], str(year), figure["section_nl"], "; ".join(pages) or "–"


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> list[str]:
    written = (" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows)
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *(f"| {row} |" for row in written)]
