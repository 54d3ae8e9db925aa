"""Puts an archive back, into an empty place only."""

from collections.abc import Collection, Sequence
from pathlib import Path

from django.core.files.storage import Storage
from pyrage import x25519

from core.backup import keys
from core.backup.archive import reading
from core.backup.database import table_names, this_database
from core.backup.errors import RestoreRefused
from core.backup.manifest import Header, Manifest
from core.backup.progress import Progress, Say
from core.backup.stored_files import is_empty, is_inside, kept_storages, store
from core.backup.verify import verify_archive


def check_archive(
    *, path: Path, identities: Sequence[x25519.Identity], given_up_keys: Collection[str] = (), say: Say
) -> tuple[Header, Manifest]:
    """Whether this site could restore it, were the place empty. Changes nothing. Raises RestoreRefused."""

    def check(header: Header) -> None:
        database = this_database()
        try:
            header.check_version()
            header.check_database(database)
            keys.check_keys(header.keys, given_up=given_up_keys)
        finally:
            database.connection.close()

    header, manifest = verify_archive(path=path, identities=identities, say=say, check=check)
    if strange := manifest.files.keys() - kept_storages().keys():
        raise RestoreRefused(f"The backup holds files of the storage {min(strange)!r}, which this site has not.")
    if unsafe := [name for files in manifest.files.values() for name in files if not is_inside(name)]:
        raise RestoreRefused(f"The backup holds a file with the name {unsafe[0]!r}, which would land elsewhere.")
    return header, manifest


def restore_archive(
    *, path: Path, identities: Sequence[x25519.Identity], given_up_keys: Collection[str] = (), say: Say
) -> tuple[Header, Manifest]:
    """Files first, the database last and at once: a site without its database is no site yet, and can be begun anew.

    Raises RestoreRefused before anything is touched, RestoreFailed when what was written had to be taken back.
    """
    _check_place()
    header, manifest = check_archive(path=path, identities=identities, given_up_keys=given_up_keys, say=say)
    written: list[tuple[Storage, str]] = []
    try:
        _restore_files(path, identities, written, say)
        _restore_database(path, identities)
    except BaseException:
        for storage, name in written:
            storage.delete(name)
        raise
    say(f"Restored: {sum(manifest.tables.values())} rows, {len(written)} files.")
    return header, manifest


def _check_place() -> None:
    database = this_database()
    try:
        tables = table_names(database.connection)
    finally:
        database.connection.close()
    if tables:
        raise RestoreRefused(
            f"The database {database.connection.settings_dict['NAME']} holds {len(tables)} tables. Restore goes into an empty one: "
            "make a new database and name it in DATABASE_URL."
        )
    for alias, storage in kept_storages().items():
        if not is_empty(storage):
            where = getattr(storage, "location", "") or alias
            raise RestoreRefused(f"There are files in the storage {alias!r} ({where}). Restore goes into an empty place: move them away.")


def _restore_files(path: Path, identities: Sequence[x25519.Identity], written: list[tuple[Storage, str]], say: Say) -> None:
    storages = kept_storages()
    progress = Progress(say, "files restored")
    with reading(path, identities) as archive:
        for entry in archive.entries():
            if entry.storage:
                storage = storages[entry.storage]
                store(storage, entry.name, entry.content)
                written.append((storage, entry.name))
                progress.add(storage.size(entry.name))


def _restore_database(path: Path, identities: Sequence[x25519.Identity]) -> None:
    database = this_database()
    try:
        with reading(path, identities) as archive:
            for entry in archive.entries():
                if not entry.storage:
                    database.load(entry.content)
    finally:
        database.connection.close()
