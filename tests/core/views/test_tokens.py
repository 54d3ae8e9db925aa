"""The colours of the site, read from the stylesheet itself and measured in both schemes."""

import re
from itertools import product

import pytest

from config.env import ROOT

CSS = (ROOT / "static/css/tokens.css").read_text()
PAIRS = {name: pair for name, *pair in re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", CSS)}
SCHEMES = (0, 1)
PROGRAMMES = ("connect", "support", "housing")
TEXT, SHAPE = 4.5, 3.0


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


TEXT_PAIRS = [
    *product(("ink", "ink-soft", "error", "success", *(f"{each}-text" for each in PROGRAMMES)), ("paper", "paper-deep")),
    *((f"{each}-text", f"{each}-tint") for each in PROGRAMMES),
    *product(("ink",), ("success-tint", "error-tint", *(f"{each}-tint" for each in PROGRAMMES))),
    ("success", "success-tint"),
    ("error", "error-tint"),
    # The words of a button lie on its hue.
    *(("paper", f"{each}-text") for each in PROGRAMMES),
    ("paper", "ink"),
]
SHAPE_PAIRS = [
    *product(("rule-strong", "focus", *PROGRAMMES), ("paper",)),
    *((each, f"{each}-tint") for each in PROGRAMMES),
    ("focus", "paper-deep"),
]


def test_the_contrast_formula_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_every_colour_has_a_partner_in_the_dark() -> None:
    lone = re.findall(r"--([\w-]+): (#[0-9a-f]{3,8});", CSS)
    assert lone == []
    assert len(PAIRS) >= 18


@pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_text_can_be_read(front: str, back: str, scheme: int) -> None:
    assert contrast(PAIRS[front][scheme], PAIRS[back][scheme]) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), SHAPE_PAIRS)
def test_shapes_and_focus_can_be_seen(front: str, back: str, scheme: int) -> None:
    assert contrast(PAIRS[front][scheme], PAIRS[back][scheme]) >= SHAPE


def test_the_browser_s_own_bars_have_the_colour_of_the_paper() -> None:
    base = (ROOT / "templates/layouts/base.html").read_text()
    assert re.findall(r'name="theme-color" content="(#[0-9a-f]{6})"', base) == PAIRS["paper"]
