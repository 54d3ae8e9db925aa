"""What becomes of a translation on its way into the compiled catalogue."""

import gettext
from pathlib import Path

import polib
import pytest

from core.management.translations import compile_catalogue
from core.text.french import with_french_spaces

HARD = "\N{NO-BREAK SPACE}"


def compiled(folder: Path, language: str, **messages: str) -> gettext.GNUTranslations:
    """The catalogue as programs read it. (Asked through other names below, or `make messages` would collect the questions.)"""
    path = folder / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=n > 1;"}
    catalogue.extend(polib.POEntry(msgid=msgid, msgstr=msgstr) for msgid, msgstr in messages.items())
    catalogue.append(polib.POEntry(msgid="one?", msgid_plural="many?", msgstr_plural={0: "une ?", 1: "plusieurs ?"}))
    catalogue.save(str(path))
    assert compile_catalogue(path)
    return gettext.GNUTranslations(path.with_suffix(".mo").open("rb"))


def test_french_punctuation_never_begins_a_line(tmp_path: Path) -> None:
    french = compiled(tmp_path, "fr", why="Pourquoi ? « Parce que » : voilà !")
    one, many = french.gettext, french.ngettext
    assert one("why") == f"Pourquoi{HARD}? «{HARD}Parce que{HARD}»{HARD}: voilà{HARD}!"
    assert many("one?", "many?", 2) == f"plusieurs{HARD}?"


def test_other_languages_stay_as_they_are_written(tmp_path: Path) -> None:
    one = compiled(tmp_path, "nl", why="Waarom ?").gettext
    assert one("why") == "Waarom ?"


@pytest.mark.parametrize("text", ["https://example.org", "%(start)s à %(end)s", "a :b", " : ", "j F Y"])
def test_what_is_no_sentence_is_left_alone(text: str) -> None:
    assert with_french_spaces(text) == text
