from typing import Any

from django.core.management.base import BaseCommand

from core.backup.encryption import new_key


class Command(BaseCommand):
    """A pair of keys for backups. Neither is kept here."""

    help = "Make a pair of keys for backups: the public one goes into BACKUP_RECIPIENTS, the private one away from this server."
    requires_system_checks = []  # noqa: RUF012 (Django's own declaration)

    def handle(self, *args: Any, **options: Any) -> None:
        public, private = new_key()
        self.stdout.write(
            f"# The private key: keep it off this server, in two places; without it no backup opens.\n# Public: {public}\n{private}"
        )
