import datetime
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from core import clock
from core.backup.errors import BackupFailed
from core.backup.ledger import delete_old, note_backup
from core.backup.make import make_backup
from core.duties.schedule import Daily


class Command(BaseCommand):
    """One archive of database, media and private files, encrypted for BACKUP_RECIPIENTS."""

    help = "Write one encrypted archive of database, media and private files; then delete those that are old. See docs/backup.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", default=settings.BACKUP_FOLDER, help="where archives are kept (default: BACKUP_FOLDER)")
        parser.add_argument("--keep", type=int, default=settings.BACKUP_KEEP_DAYS, metavar="DAYS", help="0: delete none (BACKUP_KEEP_DAYS)")

        parser.add_argument("--daily-at", metavar="HH:MM", help="stay, and write one each day at this time of Brussels; for a container")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["folder"]:
            raise CommandError("Say where: set BACKUP_FOLDER, or --folder.")
        if not options["daily_at"]:
            self._make(**options)
            return
        schedule = self._schedule(options["daily_at"])
        while True:
            connection.close()
            now = clock.now()
            time.sleep((schedule.next_after(now) - now).total_seconds())
            try:
                self._make(**options)
            except CommandError as error:  # tomorrow is another try; the check of health tells when the last one gets too old
                self.stderr.write(str(error))

    def _schedule(self, words: str) -> Daily:
        try:
            moment = datetime.time.fromisoformat(words)
        except ValueError as error:
            raise CommandError(f"--daily-at wants a time like 01:30, not {words!r}.") from error
        return Daily(moment.hour, moment.minute)

    def _make(self, **options: Any) -> None:
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
