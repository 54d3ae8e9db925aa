from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.backup.errors import BackupFailed
from core.backup.ledger import delete_old, note_backup
from core.backup.make import make_backup


class Command(BaseCommand):
    """One archive of database, media and private files, encrypted for BACKUP_RECIPIENTS."""

    help = "Write one encrypted archive of database, media and private files; then delete those that are old. See docs/backup.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", default=settings.BACKUP_FOLDER, help="where archives are kept (default: BACKUP_FOLDER)")
        parser.add_argument("--keep", type=int, default=settings.BACKUP_KEEP_DAYS, metavar="DAYS", help="0: delete none (BACKUP_KEEP_DAYS)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["folder"]:
            raise CommandError("Say where: set BACKUP_FOLDER, or --folder.")
        folder, now = Path(options["folder"]), clock.now()
        try:
            path = make_backup(folder=folder, recipients=settings.BACKUP_RECIPIENTS, now=now, say=self._say)
        except BackupFailed as error:
            raise CommandError(str(error)) from error
        note_backup(path, now=now)
        if options["keep"] > 0:
            for gone in delete_old(folder=folder, keep_days=options["keep"], now=now):
                self._say(f"deleted {gone.name}, older than {options['keep']} days")
        self._say("Keep the secrets apart from it: SECRET_KEY, ADDRESS_HASH_KEY, NOTES_KEYS and the private key of backups are not in it.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
