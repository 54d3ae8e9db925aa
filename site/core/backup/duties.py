"""Somebody is told when no backup was made for too long."""

import datetime
from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.backup.ledger import last_backup
from core.duties.registry import DutyFailed, DutySpec
from core.duties.schedule import Every


def is_late(now: datetime.datetime) -> bool:
    """Whether backups are made here, and the last one is too old. A new site has a day for its first."""
    last = last_backup()
    return bool(settings.BACKUP_RECIPIENTS) and (last is None or last.made_at < now - datetime.timedelta(hours=settings.BACKUP_LATE_HOURS))


def check_backups(*, now: datetime.datetime, dry_run: bool) -> Mapping[str, int]:
    """Raises DutyFailed: the administrators get the mail of duties, and the health page says so."""
    if is_late(now) and not dry_run:
        last = last_backup()
        raise DutyFailed(f"The last backup is of {last.made_at:%Y-%m-%d %H:%M} UTC." if last else "No backup was ever made.")
    return {gettext_noop("backups that are late"): int(is_late(now))}


DUTIES = [DutySpec(name="check_backups", label=_("Look whether a backup was made"), schedule=Every(60), run=check_backups)]
