"""Texts of the demo name figures by id; readers see the figure as their language writes it."""

from pathlib import Path

import pytest

from demo import reading
from demo.figures import UnknownFigure, tokens_in
from demo.reading import sheet, sheets

SHEET = """
title: {fr: "{hf_meet_total} rencontres", nl: "{hf_meet_total} ontmoetingen", en: "{hf_meet_total} meetings"}
body:
  - callout:
      title: {fr: "Depuis {nl_since}", nl: "Sinds {nl_since}", en: "Since {nl_since}"}
      text: {fr: "Le total : {fund_fgc} €", nl: "Samen: {fund_fgc} euro", en: "In all: €{fund_fgc}"}
  - list:
      - {fr: "{mob_men} % d’hommes", nl: "{mob_men} % mannen", en: "{mob_men}% men"}
  - figures: [hf_persons]
"""


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of content of our own."""
    monkeypatch.setattr(reading, "CONTENT", tmp_path)
    (tmp_path / "pages").mkdir()
    return tmp_path


def test_every_text_writes_its_figures_in_its_language(content: Path) -> None:
    (content / "pages" / "year.yaml").write_text(SHEET, "utf-8")
    (read,) = sheets("pages")
    assert read["title"] == {"fr": "2\u00a0542 rencontres", "nl": "2.542 ontmoetingen", "en": "2,542 meetings"}
    callout, items, figures = (next(iter(block.values())) for block in read["body"])
    assert callout["title"] == {"fr": "Depuis 2018", "nl": "Sinds 2018", "en": "Since 2018"}, "a year is no amount"
    assert callout["text"] == {"fr": "Le total\u00a0: 222\u00a0578,65 €", "nl": "Samen: 222.578,65 euro", "en": "In all: €222,578.65"}
    assert items[0] == {"fr": "58,5 % d’hommes", "nl": "58,5 % mannen", "en": "58.5% men"}
    assert figures == ["hf_persons"]


def test_a_figure_nobody_knows_is_refused_with_the_name_of_the_sheet(content: Path) -> None:
    (content / "site_texts.yaml").write_text("about: {fr: '{hf_dreamt} ans', nl: '{hf_dreamt} jaar', en: '{hf_dreamt} years'}", "utf-8")
    with pytest.raises(UnknownFigure, match=r"site_texts\.yaml: hf_dreamt"):
        sheet("site_texts")


def test_figures_are_found_in_a_text_as_it_was_typed() -> None:
    assert tokens_in("Entre {interv_groups_2023-2024} et {interv_groups_2024-2025} groupes") == [
        "interv_groups_2023-2024",
        "interv_groups_2024-2025",
    ]


def test_no_sheet_of_the_demo_shows_an_id_to_its_readers() -> None:
    content = [*sheets("pages"), *sheets("publications"), *sheets("modules"), sheet("issues"), sheet("site_texts")]
    assert [text for each in content for words in reading.texts_in(each) for text in words.values() if tokens_in(text)] == []
