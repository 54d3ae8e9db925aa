"""Did you mean: only what finds something, and only what looks alike."""

import pytest

from core.browsing.suggestions import similar_texts

TITLES = [
    "Housing First : les bases",
    "Housing : le logement accompagné",
    "Dépression et précarité",
    "Premiers secours",
    "Omgaan met depressie",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("housing furst", ["housing first"]),
        ("housng", ["housing"]),
        ("agressie", []),
        ("housing secuors", []),  # no title holds both
        ("housing first", []),
        ("", []),
        ("x" * 500, []),
    ],
)
def test_the_whole_search_text_is_mended(typed: str, meant: list[str]) -> None:
    assert similar_texts(typed, TITLES) == meant
