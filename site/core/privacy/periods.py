"""How long something is kept, in words made from the very constant that the timed duty reads: the two cannot drift."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import ngettext

DAYS_A_YEAR, DAYS_A_MONTH = 365.25, 30.44
# A period of 183 days is meant as six months, one of 90 days as 90 days.
YEARS_WITHIN, MONTHS_WITHIN = 4, 0.5


def period_in_words(period: datetime.timedelta) -> str:
    """`5 years`, `6 months`, `90 days`, in the active language."""
    days = period.days
    years, months = round(days / DAYS_A_YEAR), round(days / DAYS_A_MONTH)
    if years and abs(days - years * DAYS_A_YEAR) <= YEARS_WITHIN:
        return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
    if months > 1 and abs(days - months * DAYS_A_MONTH) <= MONTHS_WITHIN:
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


@dataclass(frozen=True, slots=True)
class Kept:
    """A translated sentence with `{0}`, `{1}` … for periods. `str()` says it in the active language."""

    sentence: str | Promise
    periods: tuple[datetime.timedelta, ...] = ()

    def __str__(self) -> str:
        return str(self.sentence).format(*(period_in_words(each) for each in self.periods))


def kept(sentence: str | Promise, *periods: datetime.timedelta) -> Kept:
    """`kept(_("{0} after the latest meeting"), ATTENDED)`."""
    return Kept(sentence, periods)
