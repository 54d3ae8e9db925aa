from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cartography.freshness.reminders import ask_for_confirmation
from cartography.submissions.services import forget_senders
from core import clock


class Command(BaseCommand):
    """Once a day: reminds services whose record grows old, marks the silent ones, erases senders' addresses."""

    help = "Ask services whether their record on the map is still right (11, 12, 13 months after the last check). Run daily."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=200, help="mails at most in one run")

    def handle(self, *args: Any, limit: int, **options: Any) -> None:
        asked = ask_for_confirmation(now=clock.now(), limit=limit)
        erased, dropped = forget_senders(now=clock.now())
        self.stdout.write(
            f"{asked.reminded} reminded, {asked.marked} marked to be confirmed, {asked.without_email} without an address; "
            f"{erased} senders and {dropped} unconfirmed proposals forgotten"
        )
