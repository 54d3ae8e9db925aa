from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.figures.importing import FiguresRefused, import_figures
from core.figures.reading import read_figures_file
from core.imports.errors import CannotRead


class Command(BaseCommand):
    """Brings the figures of a report into the store, all of them or none (docs/figures.md)."""

    help = "Import the figures of a year from a JSON, CSV or XLSX file. Running it twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            done = import_figures(rows=read_figures_file(file.read_bytes()))
        except (OSError, CannotRead) as error:
            raise CommandError(str(error)) from error
        except FiguresRefused as refusal:
            raise CommandError("Nothing was imported.\n" + "\n".join(refusal.reasons)) from refusal
        self.stdout.write(", ".join(f"{count} {what}" for what, count in sorted(done.counts.items())))
