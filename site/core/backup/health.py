"""Somebody is told when no backup was made for too long."""

import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.backup.ledger import last_backup
from core.health.registry import Check


def backup(now: datetime.datetime) -> str:
    """Where backups are made, whether the last one is young enough."""
    if not settings.BACKUP_RECIPIENTS:
        return ""
    last = last_backup()
    if last is None:
        return "none"
    return "late" if last.made_at < now - datetime.timedelta(hours=settings.BACKUP_LATE_HOURS) else ""


CHECKS = [
    Check(
        name="backup",
        label=_("Backup"),
        look=backup,
        reasons={"none": _("No backup was made yet."), "late": _("The last backup is too old.")},
        advice=_("What is written from now on would be lost with the machine. Start manage.py backup, and read what it says."),
    )
]
