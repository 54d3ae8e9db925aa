"""Names typed by strangers: no link survives, and no name is lost for a missing space."""

import re

import pytest

from core.text import has_broken_characters, has_letters, without_links

# What mail programs turn into a link by themselves.
LINKED = re.compile(r"(?i)https?:|www\.|\w\.[a-z]{2,}")


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example.org/x",
        "HTTP:evil.example.org",
        "www.evil.example",
        "evil.com",
        "EVIL.COM/path?x=1",
        "evil.Com",
        "evil.cOm",
        "evil.Com.Example.org",
        "evil.com.Be",
        "ev\u200bil.com",
        "evil\u200b.com",
        "evil.\u00adcom",
        "evil\x00.com",
        "<a href=//evil.com>x</a>",
    ],
)
def test_nothing_a_mail_program_would_link_is_left(text: str) -> None:
    left = without_links(f"Zoé {text} Exemple")
    assert not LINKED.search(left), left
    assert left.startswith("Zoé ")
    assert left.endswith(" Exemple")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("J.P. Exemple", "J.P. Exemple"),
        ("M.Exemple", "M. Exemple"),
        ("Centre Dr.Guislain", "Centre Dr. Guislain"),
        ("PSC St.Alexius", "PSC St. Alexius"),
        ("Élodie D’Hondt-Ñuñez", "Élodie D’Hondt-Ñuñez"),
        ("A.S.B.L. L’Exemple", "A.S.B.L. L’Exemple"),
    ],
)
def test_a_name_is_kept_whatever_its_full_stops(typed: str, kept: str) -> None:
    assert without_links(typed) == kept


@pytest.mark.parametrize("name", ["王小明", "Ñ", "علی‌رضا", "Zoé 🌻"])
def test_a_name_has_letters_of_any_script(name: str) -> None:
    assert has_letters(name)


@pytest.mark.parametrize("name", ["🌻", "123", "—", " ", "👩‍👩‍👧", ""])
def test_an_emoji_a_number_or_a_dash_alone_is_no_name(name: str) -> None:
    assert not has_letters(name)


@pytest.mark.parametrize("text", ["Zo" + chr(0xD83C), chr(0xDC00), "Zo\ufffd"])
def test_half_a_character_is_noticed(text: str) -> None:
    assert has_broken_characters(text)
    assert not has_broken_characters("Zoé 🌻")
