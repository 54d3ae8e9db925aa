"""The drill: a site is saved, wiped and restored, and readers find the same pages with the same words."""

import hashlib
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core.backup import self_check
from core.backup.encryption import read_identities
from core.backup.make import checksum_of
from core.backup.restore import restore_archive
from core.models import Backup, OutgoingMail
from followup.models import Note, NoteReading
from tests.core.backup.conftest import Saved
from tests.core.backup.places import Place, files_of, words_of_pages
from trainings.models import Enrolment


def restore(saved: Saved, **options: object) -> str:
    """What the command says."""
    said = StringIO()
    call_command("restore", saved.archive, private_key=saved.private_key, stdout=said, **options)
    return said.getvalue()


def test_a_site_that_was_wiped_comes_back(saved: Saved, empty: Place) -> None:
    """Its pages with the same words, its files byte by byte; and the command has looked whether links and notes work."""
    said = restore(saved)
    assert len(saved.words) > 50
    assert words_of_pages() == saved.words
    assert len(saved.files) > 2
    assert files_of(empty.folder) == saved.files
    assert Enrolment.objects.exists()
    tried = dict(re.findall(r"^(.+): (\d+) tried, 0 in trouble$", said, re.MULTILINE))
    assert tried["front pages"] == "3"
    assert {"links of trainings:manage_enrolment", "links of readers", "links of places", "notes on files"} <= tried.keys()
    assert "0" not in tried.values()
    assert f"{OutgoingMail.objects.filter(status='queued').count()} mails were waiting" in said
    assert not Backup.objects.filter(name=saved.archive.name).exists(), "the row of a backup is written after it"


def test_verifying_changes_nothing(saved: Saved, empty: Place) -> None:
    assert "The archive is whole" in restore(saved, verify=True)
    assert empty.is_empty()


def test_an_archive_gives_nothing_away(saved: Saved, settings: Any) -> None:
    """Neither words of the site nor secrets, whatever one looks for; nobody else may read the file; its checksum is beside it."""
    content = saved.archive.read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n-> X25519 ")
    assert not [word for word in (b"smes-backup", b"manifest", b"PGDMP", settings.SECRET_KEY.encode()) if word in content]
    assert saved.archive.stat().st_mode & 0o077 == 0
    assert checksum_of(saved.archive).read_text() == f"{hashlib.sha256(content).hexdigest()}  {saved.archive.name}\n"
    assert [path.name for path in saved.archive.parent.iterdir() if path.name.startswith(".")] == []


def test_progress_is_told(saved: Saved) -> None:
    assert [line.split(":")[0] for line in saved.said] == ["database", "default", "private", saved.archive.name]


@pytest.mark.control
def test_a_lost_key_of_notes_is_seen_by_the_self_check(saved: Saved, empty: Place, settings: Any) -> None:
    """The control of the check of secrets: whoever goes on without a key is told what that cost."""
    settings.NOTES_KEYS = ["x" * 40]
    with pytest.raises(CommandError, match="notes on files: 2 of 2 cannot be read"):
        restore(saved, without_key=["NOTES_KEYS"])
    assert Note.objects.count() == 2


@pytest.mark.control
def test_the_self_check_finds_what_is_missing(saved: Saved, empty: Place, settings: Any) -> None:
    """The control of the drill: a table that lost a row, a file that lost a byte, a link that leads nowhere."""
    _, manifest = restore_archive(path=saved.archive, identities=read_identities(saved.private_key), say=lambda line: None)
    assert self_check.compare_with(manifest) == []
    NoteReading.objects.all().delete()
    changed = next(path for path in sorted((empty.folder / "media").rglob("*")) if path.is_file())
    changed.write_bytes(changed.read_bytes()[:-1])
    settings.ALLOWED_HOSTS = ["elsewhere.example.org"]  # the machine was set up for another site
    troubles = self_check.compare_with(manifest)
    assert any(line.startswith("table followup_notereading: 0 rows instead of ") for line in troubles)
    assert any(line.startswith(f"file {changed.relative_to(empty.folder / 'media')} of default") for line in troubles)
    assert any(troubles for what, _count, troubles in self_check.try_site() if "manage_enrolment" in what)


def test_a_restore_that_fails_takes_its_files_back(saved: Saved, empty: Place, settings: Any, tmp_path: Path) -> None:
    """The programs of PostgreSQL are missing on this machine."""
    settings.POSTGRES_PROGRAMS = str(tmp_path)
    with pytest.raises(CommandError, match=r"pg_restore is missing.*\nWhat was written has been taken back"):
        restore(saved)
    assert empty.is_empty()
