from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from demo.coverage import as_document, sections, untold_sections, used_figures
from demo.figures import figures_by_id

DOCUMENT = settings.BASE_DIR / "docs" / "report-2024.md"


class Command(BaseCommand):
    """Shows what of the annual report stands on which page."""

    help = "Write docs/report-2024.md: sections and figures of the annual report, and the pages that tell them."

    def handle(self, *args: Any, **options: Any) -> None:
        DOCUMENT.write_text(as_document(), "utf-8")
        untold, used = untold_sections(), used_figures()
        told = len(sections()) - len(untold)
        self.stdout.write(f"{told} of {len(sections())} sections, {len(used)} of {len(figures_by_id())} figures")
        if untold:
            self.stdout.write(f"without a page: {', '.join(untold)}")
