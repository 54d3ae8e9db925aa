import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core import clock
from core.mail.retention import KEPT, prune_mails


class Command(BaseCommand):
    """Forgets old mails. For a nightly timer."""

    help = "Delete mails that were sent or given up longer ago than the days they are kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=KEPT.days, help=f"how long mails are kept (default: {KEPT.days})")
        parser.add_argument("--dry-run", action="store_true", help="only say how many")

    def handle(self, *args: Any, **options: Any) -> None:
        count = prune_mails(now=clock.now(), kept=datetime.timedelta(days=options["days"]), dry_run=options["dry_run"])
        self.stdout.write(f"{count} mails {'would be ' if options['dry_run'] else ''}deleted.")
