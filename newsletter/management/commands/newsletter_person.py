from typing import Any

from core import clock
from core.management.person import PersonCommand
from newsletter.privacy import erase_person, export_person


class Command(PersonCommand):
    """Exports or erases the newsletter's data about one person."""

    help = "Export (JSON) or erase what the newsletter knows of one e-mail address."

    def export(self, email: str) -> dict[str, Any]:
        return export_person(email)

    def erase(self, email: str) -> str:
        was_subscriber = erase_person(email, now=clock.now())
        return "Erased." if was_subscriber else "No reader has this address; it is kept out from now on."
