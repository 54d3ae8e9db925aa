import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from core import clock
from core.privacy import erase_person, export_person, purposes


class Command(BaseCommand):
    """Answers a person who asks what is known of her, or asks to be forgotten (GDPR 15, 17 and 20)."""

    help = "Export (JSON) or erase what the whole site knows of one email address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["export", "erase"])
        parser.add_argument("email")
        parser.add_argument("--no-input", action="store_true", help="erase without asking")

    def handle(self, *args: Any, what: str, email: str, no_input: bool, **options: Any) -> None:
        email = email.strip()
        if "@" not in email:
            raise CommandError(f"“{email}” is not an email address.")
        if what == "export":
            told = export_person(email) | {"held_and_why": purposes()}
            self.stdout.write(json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
            return
        if not no_input:
            self._ask(email)
        for app, counts in erase_person(email, now=clock.now()).items():
            self.stdout.write(f"{app}: {', '.join(f'{count} {kind}' for kind, count in counts.items())}")

    def _ask(self, email: str) -> None:
        """Says what would go. Raises CommandError unless the answer is the address itself."""
        for app, known in export_person(email).items():
            counts = {kind: len(rows) if isinstance(rows, list) else bool(rows) for kind, rows in known.items()}
            self.stdout.write(f"{app}: {', '.join(f'{count:d} {kind}' for kind, count in counts.items() if count) or 'nothing'}")
        if input("This cannot be undone. Type the address again to erase it: ").strip().lower() != email.lower():
            raise CommandError("Nothing was erased.")
