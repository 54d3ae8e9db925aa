import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from core import clock
from trainings.services.privacy import erase_person, export_person


class Command(BaseCommand):
    """Gives out, or erases, what the trainings know of one person."""

    help = "Export (JSON) or erase what the trainings know of one e-mail address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["export", "erase"])
        parser.add_argument("email")

    def handle(self, *args: Any, what: str, email: str, **options: Any) -> None:
        if what == "export":
            self.stdout.write(json.dumps(export_person(email), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"Erased from {erase_person(email, now=clock.now())} enrolments.")
