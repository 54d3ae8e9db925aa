"""Age limits of a record, in months since its last check."""

import datetime
from typing import Final

# Reminders to the organisation, then the mark "to be confirmed", then a person looks.
REMINDERS: Final = (11, 12, 13)
TO_CONFIRM: Final = 14
HUMAN_LOOK: Final = 18
FRESH: Final = 12


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months earlier, or the last one of a shorter month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    last = (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(year, month, min(day.day, last))


def age_in_months(checked_on: datetime.date | None, today: datetime.date) -> int | None:
    """Whole months since the last check; None when there was none."""
    if checked_on is None:
        return None
    months = (today.year - checked_on.year) * 12 + today.month - checked_on.month
    return months - (today.day < checked_on.day)


def is_fresh(checked_on: datetime.date | None, today: datetime.date) -> bool:
    """Checked within the last twelve months."""
    return checked_on is not None and checked_on >= months_before(today, FRESH)


def reminders_due(checked_on: datetime.date, today: datetime.date) -> int:
    """How many of the reminders should have gone by today."""
    return sum(checked_on <= months_before(today, months) for months in REMINDERS)
