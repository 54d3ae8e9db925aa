from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from trainings.enrolment.access_needs import erase_access_needs


class Command(BaseCommand):
    """Run every night: access needs are forgotten some days after the latest meeting."""

    help = "Erases the access needs of sessions that are over."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{erase_access_needs(now=clock.now())} enrolments emptied")
