"""When a duty has its turn."""

import datetime
from dataclasses import dataclass
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.text.dates import HOUR, written


class Schedule(Protocol):
    """Turns, one after the other. `str()` says them in the active language."""

    def first(self, moment: datetime.datetime) -> datetime.datetime:
        """The first turn of a duty that is new at `moment`."""

    def next_after(self, moment: datetime.datetime) -> datetime.datetime:
        """The first turn after `moment`. Those missed during a pause are not made up for one by one."""


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again, so many minutes after the last run."""

    minutes: int

    def first(self, moment: datetime.datetime) -> datetime.datetime:
        return moment

    def next_after(self, moment: datetime.datetime) -> datetime.datetime:
        return moment + datetime.timedelta(minutes=self.minutes)

    def __str__(self) -> str:
        return ngettext("every minute", "every %(count)s minutes", self.minutes) % {"count": self.minutes}


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day by the clock of Brussels. Not between two and three: one night a year that hour does not exist."""

    hour: int
    minute: int = 0

    def first(self, moment: datetime.datetime) -> datetime.datetime:
        return self.next_after(moment)

    def next_after(self, moment: datetime.datetime) -> datetime.datetime:
        local = timezone.localtime(moment)
        today = self._on(local.date())
        return today if today > moment else self._on(local.date() + datetime.timedelta(days=1))

    def _on(self, day: datetime.date) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(self.hour, self.minute)))

    def __str__(self) -> str:
        return _("every day at %(time)s") % {"time": written(self._on(timezone.localdate()), HOUR)}
