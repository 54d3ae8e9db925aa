"""French and Dutch are complete; English is the code."""

from pathlib import Path

import pytest
from django.conf import settings

from core.catalogues import catalogues, gaps

LOCALE = Path(settings.LOCALE_PATHS[0])


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_each_language_has_a_catalogue(language: str) -> None:
    assert (LOCALE / language / "LC_MESSAGES" / "django.po").exists()


@pytest.mark.parametrize("path", list(catalogues(LOCALE)), ids=lambda path: path.parts[-3])
def test_no_message_is_untranslated_or_fuzzy(path: Path) -> None:
    assert gaps(path) == []


@pytest.mark.parametrize("path", list(catalogues(LOCALE)), ids=lambda path: path.parts[-3])
def test_the_compiled_catalogue_is_not_older_than_its_source(path: Path) -> None:
    assert path.with_suffix(".mo").stat().st_mtime >= path.stat().st_mtime
