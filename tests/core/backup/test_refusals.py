"""An archive that is no good, and a place that is not empty: refused with words that say why, before anything is touched."""

import dataclasses
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.storage import Storage
from django.core.management import CommandError, call_command

from core import clock
from core.backup import restore, verify
from core.backup.archive import ArchiveWriter, writing
from core.backup.database import this_database
from core.backup.encryption import new_key, read_identities, read_recipients
from core.backup.manifest import Content, Header, Manifest
from tests.core.backup.conftest import Saved
from tests.core.backup.places import Place, empty_database, files_of
from tests.databases import url_of

type Write = Callable[[ArchiveWriter, Header], None]


def refusal(archive: Path, key: Path) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("restore", archive, private_key=key)
    assert str(refused.value).endswith("Nothing was changed.")
    return str(refused.value)


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def without_its_end(content: bytes) -> bytes:
    return content[:-40]


def changed(content: bytes) -> bytes:
    """One bit, somewhere in the middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def of_another_program(content: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("site.sql", "CREATE TABLE x ();")
    return into.getvalue()


DAMAGES = {
    cut: "broken or cut short",
    without_its_end: "broken or cut short",
    changed: "broken or cut short",
    of_another_program: "no backup of the site: it is not encrypted",
}


@pytest.mark.parametrize(("damage", "words"), DAMAGES.items(), ids=[damage.__name__ for damage in DAMAGES])
def test_a_broken_or_foreign_archive_is_refused(
    saved: Saved, empty: Place, tmp_path: Path, damage: Callable[[bytes], bytes], words: str
) -> None:
    broken = tmp_path / "broken.tar.age"
    broken.write_bytes(damage(saved.archive.read_bytes()))
    assert words in refusal(broken, saved.private_key)
    assert empty.is_empty()


# What a program or a person could put into an archive that opens.


def something_else(archive: ArchiveWriter, header: Header) -> None:
    archive._add("letter.txt", b"words")


def of_a_later_format(archive: ArchiveWriter, header: Header) -> None:
    archive.add_header(dataclasses.replace(header, version=2, site_version="9.0.0"))


def of_a_newer_site(archive: ArchiveWriter, header: Header) -> None:
    archive.add_header(
        dataclasses.replace(header, site_version="9.0.0", migrations=[*header.migrations, "trainings.0999_seats_on_the_moon"])
    )


def of_another_engine(archive: ArchiveWriter, header: Header) -> None:
    archive.add_header(dataclasses.replace(header, engine="sqlite"))


def of_a_newer_server(archive: ArchiveWriter, header: Header) -> None:
    archive.add_header(dataclasses.replace(header, server=990_001))


def without_manifest(archive: ArchiveWriter, header: Header) -> None:
    archive.add_header(header)


def without_a_file(archive: ArchiveWriter, header: Header) -> None:
    archive.add_header(header)
    database = archive.add_database(io.BytesIO(b"PGDMP"))
    archive.add_manifest(Manifest(database=database, files={"default": {"a.jpg": Content(3, "abc")}}))


def with_another_database(archive: ArchiveWriter, header: Header) -> None:
    archive.add_header(header)
    archive.add_database(io.BytesIO(b"PGDMP"))
    archive.add_manifest(Manifest(database=Content(5, "abc")))


def with_a_file_for_elsewhere(archive: ArchiveWriter, header: Header) -> None:
    archive.add_header(header)
    database = archive.add_database(io.BytesIO(b"PGDMP"))
    content = archive.add_file("default", "../../etc/cron.d/x", io.BytesIO(b"* * *"), 5)
    archive.add_manifest(Manifest(database=database, files={"default": {"../../etc/cron.d/x": content}}))


def for_a_storage_that_is_not_here(archive: ArchiveWriter, header: Header) -> None:
    archive.add_header(header)
    database = archive.add_database(io.BytesIO(b"PGDMP"))
    content = archive.add_file("films", "a.mp4", io.BytesIO(b"12345"), 5)
    archive.add_manifest(Manifest(database=database, files={"films": {"a.mp4": content}}))


def with_two_files(archive: ArchiveWriter, header: Header) -> None:
    """Which is fine. The second one is longer than what age encrypts at once."""
    archive.add_header(header)
    manifest = Manifest(database=archive.add_database(io.BytesIO(b"PGDMP")))
    files = {"a.txt": b"words", "b.txt": b"words" * 100_000}
    manifest.files["default"] = {name: archive.add_file("default", name, io.BytesIO(text), len(text)) for name, text in files.items()}
    archive.add_manifest(manifest)


FORGED = {
    something_else: "begins with something else",
    of_a_later_format: r"newer version of the site \(9.0.0\)",
    of_a_newer_site: r"newer version of the site \(9.0.0; this is .*trainings.0999_seats_on_the_moon",
    of_another_engine: "holds a database of sqlite; this site has postgresql",
    of_a_newer_server: "this server is older",
    without_manifest: "not written to its end",
    without_a_file: "does not hold what it says: default a.jpg",
    with_another_database: "does not hold what it says: the database",
    with_a_file_for_elsewhere: "would land elsewhere",
    for_a_storage_that_is_not_here: "storage 'films', which this site has not",
}


def forged(saved: Saved, folder: Path, write: Write) -> Path:
    """An archive for the right key, whatever it holds."""
    path = folder / "forged.tar.age"
    database = this_database()
    header = Header.of_this_site(database, now=clock.now())
    database.connection.close()
    with path.open("wb") as target, writing(target, read_recipients([saved.public_key])) as archive:
        write(archive, header)
    return path


@pytest.mark.parametrize(("write", "words"), FORGED.items(), ids=[write.__name__ for write in FORGED])
def test_an_archive_that_opens_and_is_no_good_is_refused(saved: Saved, empty: Place, tmp_path: Path, write: Write, words: str) -> None:
    archive = forged(saved, tmp_path, write)
    with pytest.raises(CommandError, match=words):
        call_command("restore", archive, private_key=saved.private_key)
    assert empty.is_empty()


def test_an_archive_for_another_key_is_refused(saved: Saved, empty: Place, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(new_key()[1])
    assert "encrypted for another key" in refusal(saved.archive, other)
    assert empty.is_empty()


def test_a_file_without_a_private_key_is_refused(saved: Saved, empty: Place, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("# nothing\n")
    assert "holds no private key" in refusal(saved.archive, tmp_path / "empty.txt")
    (tmp_path / "public.txt").write_text(saved.public_key)
    assert "cannot be read as a private key" in refusal(saved.archive, tmp_path / "public.txt")
    assert "cannot be read" in refusal(tmp_path / "missing.tar.age", saved.private_key)


@pytest.mark.parametrize("name", ["SECRET_KEY", "ADDRESS_HASH_KEY", "NOTES_KEYS"])
def test_a_site_with_other_secrets_is_refused(saved: Saved, empty: Place, settings: Any, name: str) -> None:
    if name == "SECRET_KEY":
        settings.ADDRESS_HASH_KEY = settings.SECRET_KEY  # as it was: it stood in for it
    setattr(settings, name, ["x" * 40] if name == "NOTES_KEYS" else "x" * 40)
    words = refusal(saved.archive, saved.private_key)
    assert f"- {name}: " in words
    assert f"--without-key {name}" in words
    assert words.count("\n- ") == 1
    assert empty.is_empty()


def test_an_older_key_of_notes_may_stay_behind_a_newer_one(saved: Saved, empty: Place, settings: Any) -> None:
    settings.NOTES_KEYS = ["x" * 40, *settings.NOTES_KEYS]
    call_command("restore", saved.archive, private_key=saved.private_key, verify=True)


def test_a_place_that_is_not_empty_is_refused(saved: Saved, empty: Place) -> None:
    with psycopg.connect(url_of(empty.database), autocommit=True) as server:
        server.execute("CREATE TABLE letters (words text)")
    assert f"The database {empty.database} holds 1 tables" in refusal(saved.archive, saved.private_key)
    empty_database(empty.database)
    kept = empty.folder / "private" / "older.pdf"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"kept")
    assert "There are files in the storage 'private'" in refusal(saved.archive, saved.private_key)
    assert files_of(empty.folder) == {"private/older.pdf": b"kept"}


@pytest.mark.control
def test_without_the_comparison_a_file_would_be_missing_in_silence(
    saved: Saved, empty: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: an archive that promises a file it has not is read to its end without a word."""
    monkeypatch.setattr(verify, "_compare", lambda manifest, found: None)
    archive = forged(saved, tmp_path, without_a_file)
    call_command("restore", archive, private_key=saved.private_key, verify=True)


@pytest.mark.control
def test_without_the_proof_of_the_end_half_an_archive_would_begin_to_be_restored(saved: Saved, empty: Place, tmp_path: Path) -> None:
    """The control: files come first; where nobody reads ahead, the cut is found when some of them stand there already."""
    half = forged(saved, tmp_path, with_two_files)
    half.write_bytes(without_its_end(half.read_bytes()))
    assert "broken or cut short" in refusal(half, saved.private_key)
    assert empty.is_empty()
    written: list[tuple[Storage, str]] = []
    with pytest.raises(Exception, match="broken or cut short"):
        restore._restore_files(half, read_identities(saved.private_key), written, print)
    assert [name for _storage, name in written] == ["a.txt"]
    assert not empty.is_empty()
