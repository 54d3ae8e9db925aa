"""One command an app: what it knows of a person is given out or erased when she asks (GDPR 15, 17 and 20)."""

import json
from abc import ABC, abstractmethod
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder


class PersonCommand(BaseCommand, ABC):
    """`export ADDRESS` prints JSON, `erase ADDRESS` forgets."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["export", "erase"])
        parser.add_argument("email")

    def handle(self, *args: Any, what: str, email: str, **options: Any) -> None:
        if what == "export":
            self.stdout.write(json.dumps(self.export(email), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(self.erase(email))

    @abstractmethod
    def export(self, email: str) -> dict[str, Any]:
        """Everything about one address."""

    @abstractmethod
    def erase(self, email: str) -> str:
        """Forgets one address; a line that says what was forgotten."""
