"""Makes one archive."""

import datetime
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from django.core.files.storage import Storage

from core.backup.archive import ArchiveWriter, writing
from core.backup.database import this_database
from core.backup.encryption import read_recipients
from core.backup.errors import BackupFailed
from core.backup.manifest import Header, Manifest
from core.backup.progress import Progress, Say, Watched, megabytes
from core.backup.stored_files import kept_storages, names_in, opened

ENDING = ".tar.age"


def make_backup(*, folder: Path, recipients: Sequence[str], now: datetime.datetime, say: Say) -> Path:
    """Writes an archive into `folder`; where it stands. It has its name once it is whole. Raises BackupFailed."""
    keys = read_recipients(recipients)
    path = folder / f"smes-{now.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}{ENDING}"
    with _written_whole(path) as target, writing(cast("BinaryIO", Watched(target, Progress(say, "written"))), keys) as archive:
        _write(archive, now=now, say=say)
    say(f"{path.name}: {megabytes(path.stat().st_size)}")
    return path


def _write(archive: ArchiveWriter, *, now: datetime.datetime, say: Say) -> None:
    """The database first: what is uploaded meanwhile is one file too many, never a row without its file."""
    database = this_database()
    manifest = Manifest()
    try:
        archive.add_header(Header.of_this_site(database, now=now))
        with database.dump() as (manifest.tables, dump):
            manifest.database = archive.add_database(dump)
    finally:
        database.connection.close()
    say(f"database: {len(manifest.tables)} tables, {sum(manifest.tables.values())} rows, {megabytes(manifest.database.size)}")
    for alias, storage in kept_storages().items():
        files = manifest.files.setdefault(alias, {})
        for name in names_in(storage):
            _add_file(archive, manifest, alias, storage, name)
        say(f"{alias}: {len(files)} files, {megabytes(sum(each.size for each in files.values()))}")
    archive.add_manifest(manifest)


def _add_file(archive: ArchiveWriter, manifest: Manifest, alias: str, storage: Storage, name: str) -> None:
    try:
        source, size = opened(storage, name), storage.size(name)
    except FileNotFoundError:
        return  # deleted since the folder was read
    with source:
        manifest.files[alias][name] = archive.add_file(alias, name, source, size)


@contextmanager
def _written_whole(path: Path) -> Iterator[BinaryIO]:
    """Under a temporary name until all of it is on the disk; nobody else may read it. Its checksum stands beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        _write_checksum(temporary, path)
        temporary.rename(path)
    except FileExistsError as error:
        raise BackupFailed(f"{temporary} is being written by somebody else.") from error
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise BackupFailed(f"{path} cannot be written: {error.strerror or error}.") from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _write_checksum(written: Path, path: Path) -> None:
    """As `sha256sum --check` reads it: copies are compared without the private key."""
    with written.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    checksum_of(path).write_text(f"{digest}  {path.name}\n")


def checksum_of(path: Path) -> Path:
    """The file beside an archive."""
    return path.with_name(f"{path.name}.sha256")
