import argparse
from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from newsletter.subscribers.retention import prune_subscribers


class Command(BaseCommand):
    """Forgets subscribers who never confirmed and what else has had its time. Run it every night."""

    help = "Delete unconfirmed subscribers after 14 days, those who left after a year, old requests, import lines, bounces and proofs."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say how many, delete nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = prune_subscribers(now=clock.now(), dry_run=options["dry_run"])
        for name, count in counts.items():
            self.stdout.write(f"{count:6d}  {name}")
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was deleted.")
