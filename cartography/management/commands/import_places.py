from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cartography.importing.reading import UnreadableFile
from cartography.importing.run import Outcome, import_places
from core import clock


class Command(BaseCommand):
    """Reads a file of places; without --apply it only says what it would do."""

    help = "Import places from a CSV or GeoJSON file. A dry run unless --apply is given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help="write; new places become drafts")

    def handle(self, *args: Any, file: Path, apply: bool, **options: Any) -> None:
        try:
            report = import_places(content=file.read_bytes(), source=file.name, is_dry_run=not apply, now=clock.now())
        except (OSError, UnreadableFile) as error:
            raise CommandError(str(error)) from error
        for row in report.rows:
            if row.outcome in {Outcome.ERROR, Outcome.DUPLICATE}:
                self.stdout.write(f"{row.number}: {row.name}: {row.outcome.label}: {' '.join(row.messages)}")
        self.stdout.write(", ".join(f"{count} {label}" for label, count in report.counts.items()) or "no row")
