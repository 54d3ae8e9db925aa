"""Dates in templates (`core.text.dates`). Known to every template without `load`."""

import datetime
from typing import Any

from django import template

from core.text import dates

register = template.Library()


@register.filter
def day(value: datetime.date | None) -> str:
    """`1 February 2027`, `1er février 2027`."""
    return dates.written(value)


@register.filter
def day_of_week(value: datetime.date | None) -> str:
    """`Monday 1 February 2027`."""
    return dates.written(value, dates.DAY_OF_WEEK)


@register.filter
def day_of_year(value: datetime.date | None) -> str:
    """`1 February`."""
    return dates.written(value, dates.DAY_OF_YEAR)


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """`1 February 2027, 9.30`."""
    return dates.written(value, dates.MOMENT)


@register.filter
def hour(value: datetime.datetime | None) -> str:
    """`9.30`, `9 h 30`, `9.30 uur`."""
    return dates.written(value, dates.HOUR)


@register.filter
def hours_of(span: Any) -> str:
    """From when to when, of anything with `starts_at` and `ends_at`: `9.30 to 12.30`."""
    return dates.hours(span.starts_at, span.ends_at)
