"""Which backups were made, and which are kept."""

import datetime
from pathlib import Path

from core.backup.make import ENDING, checksum_of
from core.models import Backup

KEPT_AT_LEAST = 3  # however old: a server that stopped making backups keeps its last ones


def last_backup() -> Backup | None:
    """The last one that was written to its end."""
    return Backup.objects.order_by("-made_at").first()


def note_backup(path: Path, *, now: datetime.datetime) -> Backup:
    """After it has its name: a row of a backup that failed never exists."""
    return Backup.objects.create(name=path.name, size=path.stat().st_size, made_at=now)


def delete_old(*, folder: Path, keep_days: int, now: datetime.datetime) -> list[Path]:
    """Archives of `folder` older than `keep_days`, by their name, and what killed runs left; which went."""
    archives = sorted(folder.glob(f"smes-*{ENDING}"))
    oldest = f"smes-{now.astimezone(datetime.UTC) - datetime.timedelta(days=keep_days):%Y%m%dT%H%M%SZ}"
    gone = [path for path in archives[:-KEPT_AT_LEAST] if path.name < oldest]
    gone += [path for path in folder.glob(f".smes-*{ENDING}.part") if path.name[1:] < oldest]
    for path in gone:
        path.unlink(missing_ok=True)
        checksum_of(path).unlink(missing_ok=True)
    return gone
