from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core.management.translations import catalogues, compile_catalogue


class Command(BaseCommand):
    """Compiles the .po files of locale/ that changed. Needs no gettext."""

    help = "Compile translation catalogues that changed."
    requires_system_checks = []  # noqa: RUF012 (Django's own declaration)

    def handle(self, *args: Any, **options: Any) -> None:
        for root in settings.LOCALE_PATHS:
            for path in catalogues(root):
                if compile_catalogue(path):
                    self.stdout.write(f"compiled {path.relative_to(root)}")
