"""The report holds figures, no person: a snapshot names the colleague who approved it, as the history does."""

import datetime
from typing import Any

from core.privacy import PersonalData


def export_person(email: str) -> dict[str, Any]:
    """Nothing."""
    return {}


def erase_person(email: str, *, now: datetime.datetime) -> dict[str, int]:
    """Nothing."""
    return {}


PERSONAL_DATA = PersonalData(app="figures", holdings=(), export=export_person, erase=erase_person)
