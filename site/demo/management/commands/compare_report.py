from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo.comparison import as_document, compare, count_year, years_needed

DOCUMENT = settings.BASE_DIR / "docs" / "report-2024-compared.md"


class Command(BaseCommand):
    """Compares what the site counts of 2024 with the printed report."""

    help = "Write docs/report-2024-compared.md from the loaded demo: each printed figure, the computed one, n, and why they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail where the page is not up to date.")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = compare({year: count_year(year) for year in years_needed()})
        document = as_document(lines)
        if not options["check"]:
            DOCUMENT.write_text(document, "utf-8")
        elif DOCUMENT.read_text("utf-8") != document:
            raise CommandError(f"{DOCUMENT.name} is not what the demo counts: run `manage.py compare_report`.")
        same = sum(line.matches for line in lines)
        self.stdout.write(f"{same} of {len(lines)} figures are the same")
        unexplained = [line.id for line in lines if not line.matches and not line.reason]
        if unexplained:
            self.stdout.write(f"without a reason: {', '.join(unexplained)}")
