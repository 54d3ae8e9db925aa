"""When pages about events change by the clock: an event that is over moves to the past ones."""

import datetime

from home.models import EventPage


def next_beginning(now: datetime.datetime) -> datetime.datetime | None:
    return EventPage.objects.filter(starts_at__gte=now).order_by("starts_at").values_list("starts_at", flat=True).first()


def next_end(now: datetime.datetime) -> datetime.datetime | None:
    return EventPage.objects.filter(ends_at__gte=now).order_by("ends_at").values_list("ends_at", flat=True).first()


MOMENTS = [next_beginning, next_end]
