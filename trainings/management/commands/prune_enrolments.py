from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core import clock
from trainings.privacy import prune_enrolments


class Command(BaseCommand):
    """Forgets who had a seat after five years, who waited or cancelled after six months, and old wishes. For the night."""

    help = "Make enrolments anonymous when their period is over; delete old wishes to hear of a date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say how many, change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        for what, count in prune_enrolments(now=clock.now(), dry_run=options["dry_run"]).items():
            self.stdout.write(f"{count:6d}  {what}")
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was forgotten.")
