"""The clock. Services receive `now`; only views, tasks and commands ask for it here."""

import datetime

from django.utils import timezone


def now() -> datetime.datetime:
    """This moment, aware."""
    return timezone.now()


def midnight() -> datetime.datetime:
    """The moment that ends this day in Brussels."""
    return timezone.make_aware(datetime.datetime.combine(today() + datetime.timedelta(days=1), datetime.time.min))


def today() -> datetime.date:
    """The day in Brussels."""
    return timezone.localdate()
