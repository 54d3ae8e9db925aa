"""Mails and pictures know no CSS variables: their colours are written out, and stay those of the house, and readable."""

from pathlib import Path

import pytest

from newsletter.compose.social import GROUNDS
from newsletter.enums.issues import SectionKind
from newsletter.templatetags.newsletter_mail import HUES, lines, section_hue, section_ink

PAPER = "#fffdf9"


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_rubric_has_a_hue() -> None:
    assert set(HUES) == set(SectionKind.values)


@pytest.mark.parametrize("kind", SectionKind.values)
def test_words_and_shapes_are_seen_on_paper(kind: str) -> None:
    assert contrast(section_ink(kind), PAPER) >= 4.5
    assert contrast(section_hue(kind), PAPER) >= 3


@pytest.mark.parametrize("kind", ["text", ""])
def test_free_text_has_the_colour_of_smes(kind: str) -> None:
    assert (section_hue(kind), section_ink(kind)) == HUES["smes"]


def test_they_are_the_colours_of_the_site(root: Path) -> None:
    tokens = (root / "static/css/tokens.css").read_text().lower()
    assert [colour for pair in HUES.values() for colour in pair if colour not in tokens] == []


@pytest.mark.parametrize("kind", GROUNDS)
def test_the_longest_threads_of_a_picture_are_seen_on_their_ground(kind: str) -> None:
    ground, hues, _faint = GROUNDS[kind]
    assert all(contrast(hue, ground) >= 3 for hue in hues)


def test_lines_of_an_editor_are_closed_and_escaped() -> None:
    assert lines("un <b>\ndeux & trois") == "un &lt;b&gt;<br/>deux &amp; trois"
