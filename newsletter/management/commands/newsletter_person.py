import argparse
import json
from typing import Any

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from core import clock
from newsletter.privacy import erase_person, export_person


class Command(BaseCommand):
    """Gives out, or erases, what the newsletter knows of one person."""

    help = "Export (JSON) or erase what the newsletter knows of one e-mail address."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("what", choices=["export", "erase"])
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "export":
            self.stdout.write(json.dumps(export_person(options["email"]), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
            return
        was_reader = erase_person(options["email"], now=clock.now())
        self.stdout.write("Erased." if was_reader else "No reader has this address; it is kept out from now on.")
