"""`manage.py load_activity_kinds`: the counters of the annual report."""

from typing import Any

from django.core.management.base import BaseCommand

from followup.activities.kinds import load_kinds


class Command(BaseCommand):
    """Adds the kinds of activities that are missing; what an administrator changed stays."""

    help = "Add the kinds of activities the annual report counts. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        done = load_kinds()
        self.stdout.write(f"{done['kinds']} kinds and {done['categories']} categories added.")
