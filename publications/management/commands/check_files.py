import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publications.files.integrity import damaged_files
from publications.models import EditionFile

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Compares every file of the library with its SHA-256. For the night; fails when a file is missing or changed."""

    help = "Compare every publication file with its SHA-256."

    def handle(self, *args: Any, **options: Any) -> None:
        damages = list(damaged_files())
        for damage in damages:
            logger.error("File %s of %s is %s.", damage.file.pk, damage.file.edition.reference, damage.what)
            self.stdout.write(f"{damage.what}: {damage.file} ({damage.file.file.name})")
        if damages:
            raise CommandError(f"{len(damages)} damaged files.")
        self.stdout.write(f"{EditionFile.objects.exclude(file='').count()} files, all as they came.")
