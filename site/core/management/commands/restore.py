from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.backup import keys, self_check
from core.backup.encryption import read_identities
from core.backup.errors import BackupFailed, RestoreFailed, RestoreRefused
from core.backup.restore import check_archive, restore_archive
from core.models import OutgoingMail
from core.models.mail import MailStatus


class Command(BaseCommand):
    """The way back from `backup`: an archive into an empty place, then a look whether all is there."""

    help = "Restore an archive into an empty database and empty folders, migrate, and check what came. See docs/backup.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument(
            "--private-key", type=Path, required=True, metavar="FILE", help="a file with the private key (AGE-SECRET-KEY-1…)"
        )
        parser.add_argument("--verify", action="store_true", help="read all of it and say whether it could be restored; change nothing")
        parser.add_argument(
            "--without-key",
            action="append",
            default=[],
            choices=list(keys.LOSSES),
            help="restore although this secret is not the one of the backup; what is lost with it is lost",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = {"path": options["archive"], "given_up_keys": options["without_key"], "say": self._say}
        try:
            identities = read_identities(options["private_key"])
            if options["verify"]:
                check_archive(identities=identities, **wanted)
                return
            _, manifest = restore_archive(identities=identities, **wanted)
        except RestoreRefused as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        except (RestoreFailed, BackupFailed) as error:
            raise CommandError(f"{error}\nWhat was written has been taken back.") from error
        troubles = self_check.compare_with(manifest)
        call_command("migrate", verbosity=0, interactive=False)
        troubles += self._try_site()
        self._warn_of_mails()
        if troubles:
            raise CommandError("Restored, but not all is as it was:\n- " + "\n- ".join(troubles))
        self._say("Checked: rows, files and links are as they were.")

    def _try_site(self) -> list[str]:
        found = []
        for what, count, troubles in self_check.try_site():
            self._say(f"{what}: {count} tried, {len(troubles)} in trouble")
            found += troubles
        return found

    def _warn_of_mails(self) -> None:
        """They may have left after the backup was made; nobody here can know."""
        if waiting := OutgoingMail.objects.filter(status=MailStatus.QUEUED).count():
            self._say(f"{waiting} mails were waiting when the backup was made; the first worker that starts sends them.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
