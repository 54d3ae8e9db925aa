"""When pages change by the clock alone. Each app declares its own moments (`moments.MOMENTS`)."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from core.page_cache.recording import recording
from core.page_cache.versions import Versions

# The first moment at or after the one given, at which a page may change without a write; None where there is none.
NextMoment = Callable[[datetime.datetime], datetime.datetime | None]

_registered: list[NextMoment] = []


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was found the last time, and how long it holds."""

    since: datetime.datetime
    until: datetime.datetime
    tables: Mapping[str, int]


_last: _Answer | None = None


def register(moments: Iterable[NextMoment]) -> None:
    """Called in `ready()`."""
    _registered.extend(each for each in moments if each not in _registered)


def registered_tables() -> frozenset[str]:
    """What the declarations read. Only of watched tables is known that they did not change."""
    with recording() as noted:
        for each in _registered:
            each(timezone.now())
    return frozenset(noted.tables)


def midnight_after(moment: datetime.datetime) -> datetime.datetime:
    """The end of its day in Brussels, which has 23, 24 or 25 hours."""
    day = timezone.localdate(moment) + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def next_moment(now: datetime.datetime, versions: Versions) -> datetime.datetime:
    """Until when a page that is made now is right, if nobody writes. A query for each declaration when its tables changed, else none."""
    global _last
    known = _last
    if known and known.since <= now <= known.until and versions.of(frozenset(known.tables)) == known.tables:
        return known.until
    with recording() as noted:
        found = [moment for each in _registered if (moment := each(now))]
    until = min([*found, midnight_after(now)])
    _last = _Answer(now, until, versions.of(frozenset(noted.tables)))
    return until


def forget() -> None:
    """As at the start of the process."""
    global _last
    _last = None
