from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core import clock
from publications.privacy import KEPT, erase_addresses


class Command(BaseCommand):
    """Erases names and addresses of orders that were sent or cancelled some time ago. For the night."""

    help = f"Erase who ordered, {KEPT.days} days after the parcel left or the order was cancelled."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say how many, change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        count = erase_addresses(now=clock.now(), dry_run=options["dry_run"])
        self.stdout.write(f"{count} orders {'would lose' if options['dry_run'] else 'lost'} their address.")
