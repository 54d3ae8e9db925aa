"""Dates in templates (`core.text.dates`). Known to every template without `load`."""

import datetime

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
    """`1 February 2027, 09:30`."""
    return dates.written(value, dates.MOMENT)
