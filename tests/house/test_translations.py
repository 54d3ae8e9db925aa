"""French and Dutch are complete; English is the code."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings

from core.management.translations import catalogues, gaps

LOCALE = Path(settings.LOCALE_PATHS[0])
SOURCES = ("cartography", "home", "newsletter", "publications", "site", "templates", "trainings", "manage.py", "Makefile", "locale")


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_each_language_has_a_catalogue(language: str) -> None:
    assert (LOCALE / language / "LC_MESSAGES" / "django.po").exists()


@pytest.mark.parametrize("path", list(catalogues(LOCALE)), ids=lambda path: path.parts[-3])
def test_no_message_is_untranslated_or_fuzzy(path: Path) -> None:
    assert gaps(path) == []


@pytest.mark.parametrize("path", list(catalogues(LOCALE)), ids=lambda path: path.parts[-3])
def test_the_compiled_catalogue_is_not_older_than_its_source(path: Path) -> None:
    assert path.with_suffix(".mo").stat().st_mtime >= path.stat().st_mtime


def messages(path: Path) -> set[tuple[str | None, str]]:
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)) if not entry.obsolete}


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("xgettext") and not os.environ.get("CI"), reason="no gettext")
def test_every_message_of_code_pages_and_mails_was_collected(root: Path, tmp_path: Path) -> None:
    """What `make messages` finds in a copy of the sources is what the catalogues hold: no more, no less."""
    for name in SOURCES:
        (shutil.copytree if (root / name).is_dir() else shutil.copy)(root / name, tmp_path / name)
    command = (root / "Makefile").read_text().partition("$(MANAGE) makemessages ")[2].splitlines()[0]
    subprocess.run([sys.executable, "manage.py", "makemessages", *command.split()], cwd=tmp_path, check=True)
    for language in ("fr", "nl"):
        path = Path(language, "LC_MESSAGES", "django.po")
        assert messages(tmp_path / "locale" / path) == messages(LOCALE / path)


UPSTREAM = Path(settings.LOCALE_PATHS[1])


@pytest.mark.parametrize("path", list(catalogues(UPSTREAM)), ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_words_we_replace_are_still_words_of_a_package(path: Path) -> None:
    """The msgid of a package that changed its words would replace nothing, and nobody would see it."""
    theirs: set[str] = set()
    for app in apps.get_app_configs():
        if "site-packages" in app.path:
            theirs |= {found for source in Path(app.path).glob(f"locale/*/LC_MESSAGES/{path.name}") for found in msgids(source)}
    assert msgids(path) - theirs == set()
    assert gaps(path) == []
    own = msgids(LOCALE / "fr" / "LC_MESSAGES" / "django.po")
    assert msgids(path) & own == set(), "these have their place in our own catalogue"


@cache
def msgids(path: Path) -> set[str]:
    return {entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete}
