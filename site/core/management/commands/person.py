from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from core import clock
from core.privacy.archive import as_json, export_archive
from core.privacy.find import find_people, names_of, others_called
from core.privacy.person import CannotErase, erase_person, export_person, how_many, proofs_of


class Command(BaseCommand):
    """Answers a person who asks what is known of her, or asks to be forgotten (GDPR 15, 17 and 20); what the screen does."""

    help = "Find a person by address or name; export (JSON or ZIP) or erase what the whole site holds of one email address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["find", "export", "erase", "proof"])
        parser.add_argument("who", metavar="email", help="an email address; for find also a name")
        parser.add_argument("--no-input", action="store_true", help="erase without asking")
        parser.add_argument("--name", action="append", default=[], help="erase: also take this name out of texts; may be repeated")
        parser.add_argument("--zip", type=Path, metavar="FILE", help="export: write JSON and tables into this ZIP")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, what: str, who: str, **options: Any) -> None:
        who = who.strip()
        if what != "find" and "@" not in who:
            raise CommandError(f"“{who}” is not an email address.")
        getattr(self, f"_{what}")(who, options)

    def _find(self, words: str, options: dict[str, Any]) -> None:
        for person in find_people(words):
            names, known_to = ", ".join(sorted(person.names)) or "-", ", ".join(sorted(person.apps))
            self.stdout.write(f"{person.email or '(no address)'}: {names} ({known_to})")

    def _export(self, email: str, options: dict[str, Any]) -> None:
        if options["zip"]:
            options["zip"].write_bytes(export_archive(email, options["language"]))
            self.stdout.write(f"Written: {options['zip']}")
            return
        with translation.override(options["language"]):
            self.stdout.write(as_json(export_person(email)))

    def _erase(self, email: str, options: dict[str, Any]) -> None:
        if not options["no_input"]:
            self._ask(email)
        try:
            erased = erase_person(email, now=clock.now(), names=tuple(options["name"]))
        except CannotErase as refusal:
            raise CommandError("\n".join(map(str, refusal.reasons))) from refusal
        for app, counts in erased.items():
            self.stdout.write(f"{app}: {', '.join(f'{count} {kind}' for kind, count in counts.items()) or 'nothing'}")

    def _proof(self, email: str, options: dict[str, Any]) -> None:
        for proof in proofs_of(email):
            self.stdout.write(f"erased {proof.at:%Y-%m-%d %H:%M}: {proof.counts_label}")

    def _ask(self, email: str) -> None:
        """Says what would go. Raises CommandError unless the answer is the address itself."""
        for app, known in export_person(email).items():
            counts = {kind: how_many(found) for kind, found in known.items()}
            self.stdout.write(f"{app}: {', '.join(f'{count:d} {kind}' for kind, count in counts.items() if count) or 'nothing'}")
        for name in names_of(email):
            others = " (somebody else has it too)" if others_called(name, than=email) else ""
            self.stdout.write(f"known as {name}{others}: --name '{name}' takes it out of texts")
        if input("This cannot be undone. Type the address again to erase it: ").strip().lower() != email.lower():
            raise CommandError("Nothing was erased.")
