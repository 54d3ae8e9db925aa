from typing import Any

from core import clock
from core.management.person import PersonCommand
from trainings.privacy import erase_person, export_person


class Command(PersonCommand):
    """Gives out, or erases, what the trainings know of one person."""

    help = "Export (JSON) or erase what the trainings know of one e-mail address."

    def export(self, email: str) -> dict[str, Any]:
        return export_person(email)

    def erase(self, email: str) -> str:
        return f"Erased from {erase_person(email, now=clock.now())} enrolments."
