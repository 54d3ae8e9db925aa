"""Sentences are short: on average at most fifteen words for each type of page, in each language (how they are counted: `sentences.py`)."""

import pytest

from demo.reading import LANGUAGES
from tests.demo.sentences import Measured, by_kind, measured, prose, sentences, words, worst

BAR = 15
KINDS = sorted({each.kind for each in measured()})

SPLIT = [
    ("Une rencontre par mois. Elle dure trois heures.", 2),
    ("Il y en a 2\u00a0542, p. ex. à domicile.", 1),
    ("Dat is bv. een brief. Of enz. meer?", 2),
    ("Call us, e.g. at St. Gilles. We answer!", 2),
    ("« Entrez. » Elle entre.", 2),
    ("The law of 14.6.2018 holds", 1),
    ("Première ligne\nDeuxième ligne", 2),
    ("L’art. 9 de la loi. M. X répond.", 2),
]


@pytest.mark.parametrize(("text", "count"), SPLIT, ids=[text for text, _count in SPLIT])
def test_a_text_is_cut_where_its_sentences_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_word_is_what_stands_between_spaces() -> None:
    assert words("Le total\u00a0: 2\u00a0542 rencontres, soit 30\u00a0% de l’année !") == [
        "Le",
        "total:",
        "2542",
        "rencontres,",
        "soit",
        "30%",
        "de",
        "l’année!",
    ]


def test_titles_labels_and_links_are_no_sentences() -> None:
    text = dict.fromkeys(LANGUAGES, "x")
    sheet = {
        "title": text,
        "intro": text,
        "body": [{"heading": text}, {"paragraph": text}, {"list": [text, text]}, {"callout": {"title": text, "text": text}}],
        "figures": [{"id": "a", "label": text}],
        "links": [{"text": text, "to": "home"}],
    }
    assert len(list(prose(sheet))) == 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_sentences_are_short(kind: str, language: str) -> None:
    pages = [each for each in measured() if (each.kind, each.language) == (kind, language)]
    assert by_kind(pages)[kind, language] <= BAR, worst(pages, BAR)


def test_the_longest_are_printed() -> None:
    """To be read with `-s`: pages over the bar, whatever their type."""
    print(worst(measured(), BAR))  # noqa: T201
    assert len(measured()) > 300


@pytest.mark.control
def test_long_sentences_are_found() -> None:
    long = Measured("standard", "a/page", "nl", count=2, words=40)
    assert by_kind([long, Measured("standard", "b", "nl", count=8, words=80)])["standard", "nl"] == 12
    assert worst([long], BAR) == " 20.0 words: standard a/page (nl, 2 sentences)"
