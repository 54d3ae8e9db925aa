"""The demo's database: saved by SQLite itself while somebody writes, and put in its place at once."""

import io
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from config.settings.base import SQLITE_OPTIONS
from core.backup.database import SqliteDatabase, count_rows, table_names

pytestmark = pytest.mark.django_db  # a connection may be opened


def database(path: Path) -> BaseDatabaseWrapper:
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": dict(SQLITE_OPTIONS)}
    return ConnectionHandler({"default": settings})["default"]


def write(connection: BaseDatabaseWrapper, rows: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS letters (words text)")
        cursor.executemany("INSERT INTO letters VALUES (%s)", [(f"letter {number}",) for number in range(rows)])


def test_what_was_committed_is_saved_and_comes_back(tmp_path: Path) -> None:
    """The newest rows stand in the write-ahead log yet; what is written meanwhile is in neither count nor copy."""
    before, after = database(tmp_path / "site.sqlite3"), SqliteDatabase(database(tmp_path / "restored.sqlite3"))
    write(before, 300)
    assert (tmp_path / "site.sqlite3-wal").exists()
    with SqliteDatabase(before).dump() as (counts, dump):
        write(before, 5)
        content = dump.read()
    assert counts == {"letters": 300}
    assert list(tmp_path.glob("tmp*")) == []
    assert table_names(after.connection) == []
    after.load(io.BytesIO(content))
    assert count_rows(after.connection) == {"letters": 300}
    for each in (before, after.connection):
        each.close()
