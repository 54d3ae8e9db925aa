"""Makes the next cycle out of one: the same groups a year later, on the same days of the week."""

import datetime
import re

from django.db import transaction
from django.utils import timezone

from trainings.enums import SessionStatus
from trainings.models import Cycle, Session
from trainings.planning.sessions import duplicate_session

# A Tuesday stays a Tuesday.
SHIFT = datetime.timedelta(weeks=52)
NAMES = ("name_fr", "name_nl", "name_en")
KEPT = ("kind", "audience", "programme", "summary_fr", "summary_nl", "summary_en", "is_by_invitation", "asks_care_zone", "owner")
RULES = ("programme", "project", "kept_seats", "most_per_organisation", "most_per_sector", "most_per_zone")


class AlreadyCopied(Exception):
    """The next cycle is there; `cycle` is the one."""

    def __init__(self, cycle: Cycle) -> None:
        super().__init__(str(cycle.pk))
        self.cycle = cycle


@transaction.atomic
def copy_cycle(*, cycle: Cycle) -> Cycle:
    """The next cycle: its groups are drafts, their meetings a year later and without a host, and nobody is in them.

    Raises AlreadyCopied, and DoubleBooked where a facilitator is elsewhere at that time.
    """
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    names = {name: next_years(getattr(cycle, name)) for name in NAMES}
    first_day = a_year_later(cycle.first_day)
    found = Cycle.objects.filter(kind=cycle.kind, audience=cycle.audience, first_day=first_day, name_fr=names["name_fr"]).first()
    if found is not None:
        raise AlreadyCopied(found)
    copy = Cycle.objects.create(
        **names,
        **{name: getattr(cycle, name) for name in KEPT},
        first_day=first_day,
        last_day=a_year_later(cycle.last_day),
        opens_on=cycle.opens_on and a_year_later(cycle.opens_on),
        closes_on=cycle.closes_on and a_year_later(cycle.closes_on),
    )
    for group in cycle.sessions.exclude(status=SessionStatus.CANCELLED).prefetch_related("meetings").order_by("pk"):
        _copy_group(group, copy)
    return copy


def _copy_group(group: Session, cycle: Cycle) -> None:
    first_day = timezone.localtime(group.starts).date() if group.starts else cycle.first_day
    copy = duplicate_session(session=group, first_day=first_day + SHIFT)
    copy.cycle, copy.title = cycle, next_years(copy.title)
    for name in RULES:
        setattr(copy, name, getattr(group, name))
    copy.kept_until = group.kept_until and a_year_later(group.kept_until)
    copy.most_until = group.most_until and a_year_later(group.most_until)
    copy.save()
    copy.kept_sectors.set(group.kept_sectors.all())


def next_years(words: str) -> str:
    """`Intervisions 2025-2026` is `Intervisions 2026-2027`."""
    return re.sub(r"(?<!\d)20\d\d(?!\d)", lambda year: str(int(year[0]) + 1), words)


def a_year_later(day: datetime.date) -> datetime.date:
    """The same day of the next year; 28 February after a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
