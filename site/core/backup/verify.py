"""Reads an archive to its end and believes nothing of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from pyrage import x25519

from core.backup.archive import ArchiveReader, digest_of, reading
from core.backup.errors import RestoreRefused
from core.backup.manifest import Content, Header, Manifest
from core.backup.progress import Progress, Say, megabytes


def verify_archive(
    *, path: Path, identities: Sequence[x25519.Identity], say: Say, check: Callable[[Header], None] = lambda header: None
) -> tuple[Header, Manifest]:
    """What it is and holds. Raises RestoreRefused for one that is broken, cut short, foreign, of a later format, or for another key.

    `check` sees the header before the rest is read, which may take long.
    """
    with reading(path, identities) as archive:
        header = archive.header
        check(header)
        found = _read_all(archive, Progress(say, "verified"))
    manifest = archive.manifest
    if manifest is None:
        raise RestoreRefused("The backup does not say what it holds: it was not written to its end.")
    _compare(manifest, found)
    size = sum(content.size for content in found.values())
    say(
        f"The archive is whole: version {header.site_version}, made {header.made_at}, {sum(manifest.tables.values())} rows in "
        f"{len(manifest.tables)} tables, {manifest.number_of_files()} files, {megabytes(size)}."
    )
    return header, manifest


def _read_all(archive: ArchiveReader, progress: Progress) -> dict[tuple[str, str], Content]:
    found: dict[tuple[str, str], Content] = {}
    times: Counter[tuple[str, str]] = Counter()
    for entry in archive.entries():
        content = digest_of(entry.content)
        times[entry.storage, entry.name] += 1
        found[entry.storage, entry.name] = content
        progress.add(content.size)
    if twice := [key for key, count in times.items() if count > 1]:
        raise RestoreRefused(f"The backup holds {_named(twice[0])} twice.")
    return found


def _compare(manifest: Manifest, found: dict[tuple[str, str], Content]) -> None:
    promised = {(alias, name): content for alias, files in manifest.files.items() for name, content in files.items()}
    promised["", ""] = manifest.database
    if wrong := sorted(key for key in promised.keys() | found.keys() if promised.get(key) != found.get(key)):
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise RestoreRefused(f"The backup does not hold what it says: {_named(wrong[0])}{more}.")


def _named(key: tuple[str, str]) -> str:
    return " ".join(key) if key[0] else "the database"
