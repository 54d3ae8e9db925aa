from typing import Any

from cartography.privacy import erase_person, export_person
from core.management.person import PersonCommand


class Command(PersonCommand):
    """Gives out, or erases, what the map knows of one person."""

    help = "Export (JSON) or erase what the map knows of one e-mail address."

    def export(self, email: str) -> dict[str, Any]:
        return export_person(email)

    def erase(self, email: str) -> str:
        erased = erase_person(email)
        return f"Erased from {erased['messages']} messages and {erased['records']} records of services."
