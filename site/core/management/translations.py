"""Translation catalogues without gettext: read, checked and compiled with polib."""

from collections.abc import Iterator
from pathlib import Path

import polib

from core.text.french import with_french_spaces


def catalogues(root: Path) -> Iterator[Path]:
    """Every .po file below `root`."""
    yield from sorted(root.glob("*/LC_MESSAGES/*.po"))


def compile_catalogue(path: Path) -> bool:
    """Writes the .mo beside the .po when it is older or missing; fuzzy entries are left out. True when it wrote."""
    target = path.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        return False
    catalogue = polib.pofile(str(path))
    if path.parts[-3] == "fr":
        for entry in catalogue:
            entry.msgstr = with_french_spaces(entry.msgstr)
            entry.msgstr_plural = {form: with_french_spaces(text) for form, text in entry.msgstr_plural.items()}
    catalogue.save_as_mofile(str(target))
    return True


def gaps(path: Path) -> list[str]:
    """The messages that are untranslated or fuzzy, plural forms included."""
    catalogue = polib.pofile(str(path))
    return [
        entry.msgid
        for entry in catalogue
        if not entry.obsolete and (entry.fuzzy or not (all(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr))
    ]
