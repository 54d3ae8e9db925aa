"""One clock. Services receive `now`; only the edges (views, tasks, commands) ask for it here."""

import datetime

from django.utils import timezone


def now() -> datetime.datetime:
    """This moment, aware."""
    return timezone.now()


def today() -> datetime.date:
    """The day in Brussels."""
    return timezone.localdate()
