from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.management.translations import catalogues, gaps


class Command(BaseCommand):
    """Fails when a message has no translation or a fuzzy one."""

    help = "Fail on untranslated or fuzzy messages."
    requires_system_checks = []  # noqa: RUF012 (Django's own declaration)

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [
            f"{path.parts[-3]}: {message!r}" for root in settings.LOCALE_PATHS for path in catalogues(root) for message in gaps(path)
        ]
        if missing:
            raise CommandError("Not translated:\n  " + "\n  ".join(missing))
