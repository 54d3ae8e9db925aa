import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from cartography.services.privacy import erase_person, export_person


class Command(BaseCommand):
    """Gives out, or erases, what the map knows of one person."""

    help = "Export (JSON) or erase what the map knows of one e-mail address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["export", "erase"])
        parser.add_argument("email")

    def handle(self, *args: Any, what: str, email: str, **options: Any) -> None:
        if what == "export":
            self.stdout.write(json.dumps(export_person(email), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
            return
        erased = erase_person(email)
        self.stdout.write(f"Erased from {erased['messages']} messages and {erased['records']} records of services.")
