"""Something was done: it is counted, at once and once."""

import datetime
import uuid

from django.db import transaction

from core.models import User
from followup.models import Activity, ActivityCategory, ActivityKind, CountedAs


class CannotCount(Exception):
    """The words do not fit the kind."""


@transaction.atomic
def count_activity(
    *,
    kind: ActivityKind,
    date: datetime.date,
    by: User | None,
    number: int | None = None,
    category: ActivityCategory | None = None,
    partner: str = "",
    note: str = "",
    tap: uuid.UUID | None = None,
) -> tuple[Activity, bool]:
    """Notes an activity; the second value says whether it is new. The same tap a second time is the row of the first.

    Raises CannotCount.
    """
    if category and category.kind_id != kind.pk:
        raise CannotCount("category")
    if number is None:
        if kind.counted_as != CountedAs.TIMES:
            raise CannotCount("number")
        number = 1
    facts = {
        "kind": kind,
        "date": date,
        "category": category,
        "number": number,
        "partner": " ".join(partner.split()),
        "note": " ".join(note.split()),
        "by": by,
    }
    return Activity.objects.get_or_create(tap=tap or uuid.uuid4(), defaults=facts)


@transaction.atomic
def undo_activity(*, tap: uuid.UUID, by: User) -> bool:
    """Takes back what this person has just counted. False where there is nothing (any more)."""
    deleted, _rows = Activity.objects.filter(tap=tap, by=by).delete()
    return bool(deleted)
