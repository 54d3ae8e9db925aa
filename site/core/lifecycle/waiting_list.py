"""The order of a waiting list: rows wait by `queued_at`, then by primary key."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet


def end_of_queue(latest: datetime.datetime | None, *, now: datetime.datetime) -> datetime.datetime:
    """The `queued_at` of a newcomer: later than `latest`, that of the last row, so that a rank once given never gets worse.

    Without this it could: requests get the lock in another order than they read the clock.
    """
    return now if latest is None or latest < now else latest + datetime.timedelta(microseconds=1)


def count_ahead(queue: QuerySet[Any], row: Any) -> int:
    """How many rows of `queue` wait longer than `row`."""
    return queue.filter(Q(queued_at__lt=row.queued_at) | Q(queued_at=row.queued_at, pk__lt=row.pk)).count()
