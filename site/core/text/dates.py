"""Dates and hours as they are read, one way a language: `1er février, 9 h 30`, `1 februari, 9.30 uur`, `1 February, 9.30`.

Django writes the number of the day alone, and its English puts the month first. How dates are typed in forms: `config.formats`.
"""

import datetime

from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from core.languages import current_language

DAY = "j F Y"
DAY_OF_WEEK = "l j F Y"
DAY_OF_YEAR = "j F"
HOUR = "H:i"
MOMENT = f"{DAY}, {HOUR}"
MONTH = "F Y"
# What stands for HOUR in a language: at any minute, and at the full hour. The spaces do not break.
HOURS = {
    "fr": ("G\N{NO-BREAK SPACE}\\h\N{NO-BREAK SPACE}i", "G\N{NO-BREAK SPACE}\\h"),
    "nl": ("G.i\N{NO-BREAK SPACE}\\u\\u\\r", "G\N{NO-BREAK SPACE}\\u\\u\\r"),
    "en": ("G.i", "G.i"),
}
DUTCH_UNIT = "\N{NO-BREAK SPACE}uur"


def written(value: datetime.date | None, pattern: str = DAY) -> str:
    """`value` in words, in Brussels' time; `pattern` as Django's `date` filter takes it, day before month."""
    if not value:
        return ""
    if isinstance(value, datetime.datetime):
        value = localtime(value) if is_aware(value) else value
        any_minute, full_hour = HOURS[current_language()]
        pattern = pattern.replace(HOUR, any_minute if value.minute else full_hour)
    if value.day == 1 and current_language() == "fr":
        pattern = pattern.replace("j", r"j\e\r")
    return date_format(value, pattern)


def hours(starts_at: datetime.datetime, ends_at: datetime.datetime) -> str:
    """`9.30 to 12.30`, `de 9 h 30 à 12 h 30`, `van 9.30 tot 12.30 uur`: Dutch says its unit once."""
    start = written(starts_at, HOUR).removesuffix(DUTCH_UNIT)
    # Translators: hours of a day, e.g. "9.30 to 12.30".
    return _("%(start)s to %(end)s") % {"start": start, "end": written(ends_at, HOUR)}
