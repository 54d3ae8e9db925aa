import argparse
import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from core import clock
from core.languages import Language
from newsletter.enums.subscribers import LineOutcome
from newsletter.models import ReaderImport
from newsletter.subscribers.importing.csv_file import CannotRead
from newsletter.subscribers.importing.run import begin_import, cancel_import, check_import, run_import, start_import


class Command(BaseCommand):
    """Imports readers from a CSV file, as the back-office does, here and now."""

    help = "Import newsletter readers from a CSV file. Addresses that left, complained or bounced are never brought back."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="where the consents can be read, e.g. 'paper list of the study morning'")
        parser.add_argument("--agreed-on", required=True, type=datetime.date.fromisoformat, help="the day people agreed, 2026-03-12")
        parser.add_argument("--language", default=Language.FR, choices=Language.values, help="for the lines that name none")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nobody")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["source"].strip():
            raise CommandError("--source must say where the consents can be read.")
        now = clock.now()
        try:
            of = start_import(
                content=options["file"].read_bytes(),
                filename=options["file"].name,
                source=options["source"],
                agreed_on=options["agreed_on"],
                language=options["language"],
                by=None,
                now=now,
                in_background=False,
            )
        except (OSError, CannotRead) as error:
            raise CommandError(str(error)) from error
        check_import(import_id=of.pk, now=now)
        if not options["dry_run"]:
            begin_import(import_id=of.pk, in_background=False)
            run_import(import_id=of.pk, now=clock.now())
        self._tell(of)
        if options["dry_run"]:
            cancel_import(import_id=of.pk, now=now)
            self.stdout.write("Dry run: nobody was written.")

    def _tell(self, of: ReaderImport) -> None:
        counts = dict(of.lines.order_by().values_list("outcome").annotate(Count("pk")))
        for outcome in LineOutcome:
            if counts.get(outcome):
                self.stdout.write(f"{counts[outcome]:6d}  {outcome.label}")
