"""The report on the site: docs/report-2024.md says what stands where, and is true."""

from pathlib import Path

import pytest

from core.figures.reading import read_figures_file
from core.models import FigureUnit
from demo import coverage
from demo.coverage import UnknownSection, as_document, sections, told_sheets, untold_sections, used_figures
from demo.figures import FIGURES, figures_by_id
from demo.management.commands.report_coverage import DOCUMENT

FEWEST = 180

PAGE = """
key: connect/year
title: {fr: "L’année", nl: "Het jaar", en: "The year"}
report: [advocacy, ehpad]
body:
  - figures: [debates, {id: events_joined, label: {fr: "a", nl: "b", en: "c"}}]
  - chart: {title: {fr: "a", nl: "b", en: "c"}, kind: share, rows: [hf_men, hf_women]}
  - paragraph: {fr: "{day_attendees} personnes", nl: "{day_attendees} mensen", en: "{day_attendees} people"}
"""


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One page, of our own."""
    monkeypatch.setattr(coverage, "CONTENT", tmp_path)
    for folder in coverage.FOLDERS:
        (tmp_path / folder).mkdir()
    (tmp_path / "pages" / "year.yaml").write_text(PAGE, "utf-8")
    return tmp_path


def test_figures_are_found_in_blocks_charts_and_sentences(content: Path) -> None:
    (sheet,) = told_sheets()
    assert sheet.name == "L’année (connect/year)"
    assert sheet.sections == ["advocacy", "ehpad"]
    assert sheet.figures == {"debates", "events_joined", "hf_men", "hf_women", "day_attendees"}
    assert "| debates | 2 | count | 2024 | Pleitbezorging en bewustmaking | L’année (connect/year) |" in as_document()
    assert "| ehpad | " in as_document()


def test_a_section_nobody_tells_is_named(content: Path) -> None:
    assert "advocacy" not in untold_sections()
    assert len(untold_sections()) == len(sections()) - 2
    assert "| **none** |" in as_document()


def test_a_section_the_report_does_not_have_is_refused(content: Path) -> None:
    (content / "pages" / "year.yaml").write_text(PAGE.replace("ehpad", "epahd"), "utf-8")
    with pytest.raises(UnknownSection, match=r"pages/year\.yaml: epahd"):
        told_sheets()


def test_the_document_is_up_to_date() -> None:
    assert DOCUMENT.read_text("utf-8") == as_document(), "run `manage.py report_coverage`"


def test_every_figure_has_key_year_value_unit_and_source() -> None:
    rows = read_figures_file(FIGURES.read_bytes())
    assert len(rows) == 251 == len(figures_by_id())
    needed = ("key", "year", "value", "unit", "source_fr", "source_nl", "source_en", "label_fr", "label_nl", "label_en", "section")
    assert [(row.place, name) for row in rows for name in needed if not row.words.get(name)] == []
    assert {row.words["unit"] for row in rows} <= set(FigureUnit.values)


def test_no_part_of_the_report_is_without_a_page() -> None:
    assert untold_sections() == []


def test_most_figures_stand_on_a_page() -> None:
    assert len(used_figures()) >= FEWEST
