"""The database as a stream of bytes and back: PostgreSQL by its own programs, SQLite by its backup API."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol, cast

import dj_database_url
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from psycopg import pq
from psycopg.conninfo import make_conninfo

from core.backup.errors import BackupFailed, RestoreFailed

BLOCK = 1 << 20
type Dump = tuple[dict[str, int], BinaryIO]


class Database(Protocol):
    """Rows of each table and the bytes of one and the same moment; and the way back into an empty one."""

    engine: str
    connection: BaseDatabaseWrapper

    def server(self) -> int: ...
    def dump(self) -> AbstractContextManager[Dump]: ...
    def load(self, source: BinaryIO) -> None: ...


def this_database() -> Database:
    """The site's own, on a connection of its own."""
    if url := settings.DATABASE_DIRECT_URL:
        own = ConnectionHandler({"default": dj_database_url.parse(url)})["default"]
    else:
        own = connection.copy()
    return PostgresDatabase(own) if own.vendor == "postgresql" else SqliteDatabase(own)


def table_names(database: BaseDatabaseWrapper) -> list[str]:
    """Tables, without views."""
    with database.cursor() as cursor:
        return sorted(database.introspection.table_names(cursor))


def count_rows(database: BaseDatabaseWrapper) -> dict[str, int]:
    """Rows of each table."""
    counts = {}
    with database.cursor() as cursor:
        for name in sorted(database.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {database.ops.quote_name(name)}")  # noqa: S608 (a table's own name, quoted)
            counts[name] = cursor.fetchone()[0]
    return counts


class PostgresDatabase:
    """`pg_dump` in its custom format, in gzip as a whole: the list of tables it begins with is most of a small site's dump."""

    engine = "postgresql"

    def __init__(self, own: BaseDatabaseWrapper) -> None:
        self.connection = own

    def server(self) -> int:
        self.connection.ensure_connection()
        return int(self.connection.connection.info.server_version)

    @contextmanager
    def dump(self) -> Iterator[Dump]:
        """Counted and dumped in one snapshot: what is written meanwhile is in neither."""
        with self.connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                cursor.execute("SELECT pg_export_snapshot()")
                snapshot = cursor.fetchone()[0]
                counts = count_rows(self.connection)
                words = [f"--snapshot={snapshot}", "--format=custom", "--compress=0", "--no-owner", "--no-acl"]
                with self._program("pg_dump", *words, failure=BackupFailed) as process:
                    yield counts, cast("BinaryIO", process.stdout)
            finally:
                cursor.execute("ROLLBACK")

    def load(self, source: BinaryIO) -> None:
        """All of it or nothing: one transaction. Raises RestoreFailed."""
        words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-acl", "--no-comments"]
        with self._program("pg_restore", *words, failure=RestoreFailed) as process:
            assert process.stdin  # noqa: S101 (for mypy)
            with suppress(BrokenPipeError):  # it ended first, and says why
                shutil.copyfileobj(source, process.stdin, BLOCK)
                process.stdin.close()

    @contextmanager
    def _program(self, name: str, *words: str, failure: type[Exception]) -> Iterator["subprocess.Popen[bytes]"]:
        """A program of PostgreSQL for this database. What it says of errors goes to a file, so that neither waits for the other."""
        program = str(Path(settings.POSTGRES_PROGRAMS) / name) if settings.POSTGRES_PROGRAMS else name
        where, password = self._where()
        with tempfile.TemporaryFile() as said:
            try:
                process = subprocess.Popen(  # noqa: S603 (our own words, and the settings')
                    [program, f"--dbname={where}", *words],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    env=os.environ | password,
                )
            except FileNotFoundError as error:
                raise failure(f"{name} is missing: install PostgreSQL's client programs, or set POSTGRES_PROGRAMS.") from error
            with process:
                try:
                    yield process
                except BaseException:
                    process.kill()
                    raise
            if process.returncode:
                said.seek(0)
                raise failure(f"{name} failed: {said.read(2000).decode(errors='replace').strip()}")

    def _where(self) -> tuple[str, dict[str, str]]:
        """The connection as libpq reads it. The password goes by the environment: a list of processes shows arguments to everybody."""
        known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
        params = {key: value for key, value in self.connection.get_connection_params().items() if key in known and value}
        password = params.pop("password", None)
        return make_conninfo(**params), {"PGPASSWORD": str(password)} if password else {}


class SqliteDatabase:
    """The file of the demo, copied by SQLite while others write."""

    engine = "sqlite"

    def __init__(self, own: BaseDatabaseWrapper) -> None:
        self.connection = own

    def server(self) -> int:
        return 0  # one file format, for twenty years

    @contextmanager
    def dump(self) -> Iterator[Dump]:
        with tempfile.TemporaryDirectory(dir=self._path().parent) as folder:
            copy = Path(folder) / "copy.sqlite3"
            self.connection.ensure_connection()
            target = sqlite3.connect(copy)
            self.connection.connection.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            target.close()
            copied = ConnectionHandler({"default": {**self.connection.settings_dict, "NAME": str(copy), "OPTIONS": {}}})["default"]
            counts = count_rows(copied)
            copied.close()
            with copy.open("rb") as source:
                yield counts, source

    def load(self, source: BinaryIO) -> None:
        """Beside its place first, then moved there."""
        self.connection.close()
        path = self._path()
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as written:
            shutil.copyfileobj(source, written, BLOCK)
        for rest in ("-wal", "-shm"):
            Path(f"{path}{rest}").unlink(missing_ok=True)
        Path(written.name).replace(path)

    def _path(self) -> Path:
        return Path(self.connection.settings_dict["NAME"])
