"""Sends reminders after 11, 12 and 13 months, then marks the place 'to be confirmed'; a map editor decides the rest."""

import datetime
import enum
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localtime

from cartography import mails
from cartography.directory.freshness import REMINDERS, TO_CONFIRM, months_before, reminders_due
from cartography.enums import PlaceStatus
from cartography.models import Place
from cartography.places.services import lock_place, mark_to_confirm


class Step(enum.Enum):
    """What is to be done about a record that grows old."""

    REMIND = enum.auto()
    MARK = enum.auto()
    NO_ADDRESS = enum.auto()


@dataclass(slots=True)
class Asked:
    """What one run did (would do, in a dry run)."""

    reminded: int = 0
    without_email: int = 0
    marked: int = 0

    def count(self, step: Step | None) -> None:
        self.reminded += step is Step.REMIND
        self.without_email += step is Step.NO_ADDRESS
        self.marked += step is Step.MARK


def ask_for_confirmation(*, now: datetime.datetime, limit: int = 200, dry_run: bool = False) -> Asked:
    """Reminds the services whose record grows old, the oldest first, and marks those that stayed silent.

    One transaction a place: a crash loses no mail and doubles none. Run again the same day it does nothing.
    """
    asked = Asked()
    today = localtime(now).date()
    due = Place.objects.due(months_before(today, REMINDERS[0]) + datetime.timedelta(days=1)).values_list("pk", flat=True)
    for pk in list(due):
        if asked.reminded >= limit:
            break
        asked.count(_next_step(Place.objects.get(pk=pk), today) if dry_run else _ask(pk, today=today, now=now))
    return asked


def _next_step(place: Place, today: datetime.date) -> Step | None:
    known_since = place.known_since
    if place.status != PlaceStatus.PUBLISHED or known_since is None:
        return None
    if known_since <= months_before(today, TO_CONFIRM) and (place.reminder_count >= len(REMINDERS) or not place.email):
        return Step.MARK
    if place.reminder_count >= reminders_due(known_since, today):
        return None
    return Step.REMIND if place.email else Step.NO_ADDRESS


@transaction.atomic
def _ask(pk: int, *, today: datetime.date, now: datetime.datetime) -> Step | None:
    place = lock_place(pk)
    step = _next_step(place, today)
    if step is Step.MARK:
        mark_to_confirm(place, now=now)
    elif step is Step.REMIND:
        # One mail a run, whatever was missed: nobody gets three at once.
        place.reminder_count += 1
        place.save(update_fields=["reminder_count"])
        mails.confirm_current(place, is_last=place.reminder_count == len(REMINDERS), now=now)
    return step
