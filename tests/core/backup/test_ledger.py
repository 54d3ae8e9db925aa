"""Which backups there are, which go, and who hears when there is none."""

import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from core.backup.encryption import encrypting, read_recipients
from core.backup.errors import BackupFailed
from core.backup.ledger import delete_old, last_backup, note_backup
from core.models import Backup
from tests.core.backup.conftest import Saved
from tests.core.factories import BackupFactory

NOW = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def health() -> dict[str, str]:
    body: dict[str, Any] = Client().get("/healthz").json()
    return dict(body["checks"]["backup"])


@pytest.mark.django_db
def test_health_says_when_the_last_backup_is_too_old(settings: Any) -> None:
    settings.BACKUP_RECIPIENTS = ["age1…"]
    assert health()["reason"] == "none"
    with time_machine.travel(NOW):
        BackupFactory(made_at=NOW - DAY)
        assert health() == {"status": "well"}
    with time_machine.travel(NOW + datetime.timedelta(hours=3)):
        assert health()["reason"] == "late"
    settings.BACKUP_RECIPIENTS = []
    assert health() == {"status": "well"}, "a site that makes none is told nothing"


@pytest.mark.django_db
def test_the_last_one_is_the_newest(saved: Saved) -> None:
    assert last_backup() is None
    BackupFactory(made_at=NOW - DAY)
    noted = note_backup(saved.archive, now=NOW)
    BackupFactory(made_at=NOW - 2 * DAY)
    assert last_backup() == noted
    assert noted.size == saved.archive.stat().st_size


def archives(folder: Path, *days: int) -> None:
    for age in days:
        name = f"smes-{NOW - age * DAY:%Y%m%dT%H%M%SZ}.tar.age"
        (folder / name).write_bytes(b"x")
        (folder / f"{name}.sha256").write_text("x")


def test_old_archives_go_with_their_checksums_and_nothing_else(tmp_path: Path) -> None:
    archives(tmp_path, 0, 1, 29, 31, 400)
    (tmp_path / "letter.txt").write_text("kept")
    killed = tmp_path / f".smes-{NOW - 40 * DAY:%Y%m%dT%H%M%SZ}.tar.age.part"
    killed.write_bytes(b"half")
    gone = delete_old(folder=tmp_path, keep_days=30, now=NOW)
    assert len(gone) == 3
    assert len(list(tmp_path.glob("*.age"))) == 3
    assert len(list(tmp_path.glob("*.sha256"))) == 3
    assert not killed.exists()
    assert (tmp_path / "letter.txt").exists()


def test_the_last_three_stay_however_old(tmp_path: Path) -> None:
    archives(tmp_path, 100, 200, 300, 400)
    assert [path.name[:13] for path in delete_old(folder=tmp_path, keep_days=30, now=NOW)] == ["smes-20251027"]


@pytest.mark.django_db
def test_without_a_public_key_or_a_folder_nothing_is_written(settings: Any, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="BACKUP_FOLDER"):
        call_command("backup")
    with pytest.raises(CommandError, match="Set BACKUP_RECIPIENTS"):
        call_command("backup", folder=str(tmp_path / "new"))
    settings.BACKUP_RECIPIENTS = ["AGE-SECRET-KEY-1"]
    with pytest.raises(CommandError, match="no public key"):
        call_command("backup", folder=str(tmp_path / "new"))
    assert not (tmp_path / "new").exists()
    assert not Backup.objects.exists()


@pytest.mark.django_db
def test_a_backup_that_fails_leaves_no_half_archive(settings: Any, saved: Saved, tmp_path: Path) -> None:
    settings.BACKUP_RECIPIENTS = [saved.public_key]
    settings.POSTGRES_PROGRAMS = str(tmp_path / "nothing")
    with pytest.raises(CommandError, match="pg_dump is missing"):
        call_command("backup", folder=str(tmp_path / "new"))
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.django_db
def test_a_container_makes_one_each_day_and_goes_on_after_one_that_failed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody set a public key: each night fails, and says why."""
    nights: list[float] = []
    said = StringIO()
    with time_machine.travel(NOW) as clock:

        def sleep(seconds: float) -> None:
            nights.append(seconds)
            if len(nights) == 3:
                raise KeyboardInterrupt
            clock.shift(seconds)

        monkeypatch.setattr("time.sleep", sleep)
        with pytest.raises(KeyboardInterrupt):
            call_command("backup", folder=str(tmp_path), daily_at="01:30", stderr=said)
    assert nights[0] == pytest.approx(12.5 * 3600, abs=5), "01:30 in Brussels"
    assert nights[1] == pytest.approx(24 * 3600, abs=5)
    assert said.getvalue().count("Set BACKUP_RECIPIENTS") == 2
    with pytest.raises(CommandError, match="time like 01:30"):
        call_command("backup", folder=str(tmp_path), daily_at="night")


def test_a_pair_of_keys_opens_what_it_closes(tmp_path: Path, saved: Saved) -> None:
    said = StringIO()
    call_command("backup_key", stdout=said)
    assert "# Public: age1" in said.getvalue()
    assert said.getvalue().splitlines()[-1].startswith("AGE-SECRET-KEY-1")


@pytest.mark.parametrize("size", [10, 3_000_000])
def test_a_full_disk_is_said(saved: Saved, size: int) -> None:
    """Whether it is found out while something is written yet, or at the end."""
    keys = read_recipients([saved.public_key])
    full = pytest.raises(BackupFailed, match="No space left")
    with full, Path("/dev/full").open("wb", buffering=0) as disk, encrypting(disk, keys) as content:
        content.write(b"x" * size)
