"""Dates as they are read: one way a language. French says `1er février`, Dutch `1 februari`, English `1 February`.

Django writes the number of the day alone, and its English puts the month first. How dates are typed in forms: `config.formats`.
"""

import datetime

from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime

from core.languages import current_language

DAY = "j F Y"
DAY_OF_WEEK = "l j F Y"
DAY_OF_YEAR = "j F"
MOMENT = "j F Y, H:i"
MONTH = "F Y"


def written(value: datetime.date | None, pattern: str = DAY) -> str:
    """`value` in words, in Brussels' time; `pattern` as Django's `date` filter takes it, day before month."""
    if not value:
        return ""
    if isinstance(value, datetime.datetime) and is_aware(value):
        value = localtime(value)
    if value.day == 1 and current_language() == "fr":
        pattern = pattern.replace("j", r"j\e\r")
    return date_format(value, pattern)
