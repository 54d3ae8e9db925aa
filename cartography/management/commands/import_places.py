from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count

from cartography.enums import RowOutcome
from cartography.importing.run import begin_import, cancel_import, check_import, run_import, start_import
from cartography.models import PlaceImport
from core import clock
from core.imports.errors import CannotRead

TOLD = (RowOutcome.REFUSED, RowOutcome.LIKELY, RowOutcome.REPEATED, RowOutcome.SKIPPED)


class Command(BaseCommand):
    """Reads a file of places; without --apply it only says what it would do."""

    help = "Import places from a CSV, XLSX or GeoJSON file. A dry run unless --apply is given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help="write; new places become drafts, likely duplicates are left out")

    def handle(self, *args: Any, file: Path, apply: bool, **options: Any) -> None:
        now = clock.now()
        try:
            place_import = start_import(content=file.read_bytes(), filename=file.name, by=None, now=now, in_background=False)
        except (OSError, CannotRead) as error:
            raise CommandError(str(error)) from error
        check_import(import_id=place_import.pk, now=now)
        if apply:
            begin_import(import_id=place_import.pk, in_background=False)
            run_import(import_id=place_import.pk, now=clock.now())
        self._tell(place_import)
        if not apply:
            cancel_import(import_id=place_import.pk, now=now)

    def _tell(self, place_import: PlaceImport) -> None:
        for row in place_import.rows.filter(outcome__in=TOLD):
            self.stdout.write(f"{row.number}: {row.name}: {row.get_outcome_display()}: {' '.join(row.messages)}")
        if place_import.unused_columns:
            self.stdout.write(f"columns not used: {', '.join(place_import.unused_columns)}")
        counted = dict(place_import.rows.order_by().values_list("outcome").annotate(Count("pk")))
        self.stdout.write(", ".join(f"{counted[outcome]} {outcome.label}" for outcome in RowOutcome if counted.get(outcome)))
