"""The report's sentences: right numbers, right forms, and none where a number is missing."""

from dataclasses import replace

import pytest

from core.figures.definitions import Breakdown, Count, Part
from core.figures.period import Period
from core.figures.sections import SECTIONS
from core.models import FigureUnit, Programme
from figures.documents.sentences import LANGUAGES, Sentence, keys_of, sentences, templates
from figures.report.figure import ReportFigure, counted
from figures.report.reading import Report
from tests.figures.sources import REQUESTS


def told(language: str, **numbers: int) -> list[Sentence]:
    figures = [counted("tests", replace(REQUESTS, key=key), Count(number, number)) for key, number in numbers.items()]
    return sentences(Report(Period.of_year(2024), tuple(Programme), tuple(figures)), language)


@pytest.mark.parametrize(
    ("language", "numbers", "text"),
    [
        ("fr", {"tr_days": 28, "tr_participants": 1431}, "Nous avons donné 28 jours de formation à 1 431 personnes."),
        ("nl", {"tr_days": 28, "tr_participants": 1431}, "We gaven 28 dagen opleiding aan 1.431 deelnemers."),
        ("fr", {"hf_move_total": 0}, "Il y a eu 0 déménagement."),
        ("nl", {"hf_move_total": 0}, "Er waren 0 verhuizingen."),
    ],
    ids=["French", "Dutch", "none in French is singular", "none in Dutch is plural"],
)
def test_numbers_are_written_as_they_are_read(language: str, numbers: dict[str, int], text: str) -> None:
    [sentence] = told(language, **numbers)
    assert sentence.text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ") == text


def test_each_number_is_linked_to_its_figure() -> None:
    [sentence] = told("fr", tr_days=28, tr_participants=431)
    assert [(piece.text, piece.key) for piece in sentence.pieces if piece.key] == [("28", "tr_days"), ("431", "tr_participants")]


def test_a_sentence_without_its_figure_or_with_a_small_one_is_left_out() -> None:
    assert told("fr", tr_days=28) == []
    days = counted("tests", replace(REQUESTS, key="tr_days", unit=FigureUnit.DAYS), Count(3, 3))
    people = counted("tests", replace(REQUESTS, key="tr_participants"), Count(3, 3))
    assert sentences(Report(Period.of_year(2024), tuple(Programme), (days, people)), "fr") == []


def test_the_largest_parts_are_named_with_their_shares() -> None:
    parts = tuple(
        Part(code, {"fr": code.title(), "nl": code.title()}, number) for code, number in (("logement", 30), ("drogues", 10), ("santé", 20))
    )
    figure: ReportFigure = counted("tests", replace(REQUESTS, key="mob_sector"), Breakdown(parts))
    [sentence] = sentences(Report(Period.of_year(2024), tuple(Programme), (figure,)), "fr")
    assert sentence.text.replace("\N{NO-BREAK SPACE}", " ").endswith("logement (50 %), santé (33,3 %), drogues (16,7 %).")


def test_both_languages_tell_the_same_figures_of_a_known_section() -> None:
    for template in templates():
        assert template["section"] in SECTIONS
        assert keys_of(template) == keys_of(dict.fromkeys(LANGUAGES, template["fr"])) or template["nl"].count("?"), template
