"""The days a report is about."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

from core.models.vocabulary import Programme


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole days in Brussels, both included."""

    first: datetime.date
    last: datetime.date

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(datetime.date(year, 1, 1), datetime.date(year, 12, 31))

    def year_before(self) -> "Period":
        """The same days a year earlier; 28 February for the 29th."""
        return Period(_a_year_earlier(self.first), _a_year_earlier(self.last))

    @property
    def year(self) -> int:
        """The year it ends in."""
        return self.last.year

    @property
    def begins(self) -> datetime.datetime:
        """The first moment that is in it."""
        return _midnight(self.first)

    @property
    def ends(self) -> datetime.datetime:
        """The first moment after it: `field__gte=begins, field__lt=ends`."""
        return _midnight(self.last + datetime.timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked: the days, and the programmes counted together. Who took part in two of them is one person (decision 37)."""

    period: Period
    programmes: frozenset[Programme] = frozenset(Programme)


def _a_year_earlier(day: datetime.date) -> datetime.date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=ZoneInfo(settings.TIME_ZONE))
