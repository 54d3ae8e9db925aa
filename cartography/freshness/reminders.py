"""Sends reminders after 11, 12 and 13 months, then marks the place 'to be confirmed'; a map editor decides the rest."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localtime

from cartography import mails
from cartography.directory.freshness import REMINDERS, TO_CONFIRM, months_before, reminders_due
from cartography.enums import PlaceStatus
from cartography.models import Place
from cartography.places.services import lock_place, mark_to_confirm


@dataclass(slots=True)
class Asked:
    """What one run did."""

    reminded: int = 0
    without_email: int = 0
    marked: int = 0


def ask_for_confirmation(*, now: datetime.datetime, limit: int = 200) -> Asked:
    """Reminds the services whose record grows old, the oldest first, and marks those that stayed silent.

    One transaction a place: a crash loses no mail and doubles none. Run again the same day it does nothing.
    """
    asked = Asked()
    today = localtime(now).date()
    due = Place.objects.due(months_before(today, REMINDERS[0]) + datetime.timedelta(days=1)).values_list("pk", flat=True)
    for pk in list(due):
        if asked.reminded >= limit:
            break
        _ask(pk, asked, today=today, now=now)
    return asked


@transaction.atomic
def _ask(pk: int, asked: Asked, *, today: datetime.date, now: datetime.datetime) -> None:
    place = lock_place(pk)
    known_since = place.known_since
    if place.status != PlaceStatus.PUBLISHED or known_since is None:
        return
    wanted = reminders_due(known_since, today)
    if known_since <= months_before(today, TO_CONFIRM) and (place.reminder_count >= len(REMINDERS) or not place.email):
        mark_to_confirm(place, now=now)
        asked.marked += 1
        return
    if place.reminder_count >= wanted:
        return
    if not place.email:
        asked.without_email += 1
        return
    # One mail a run, whatever was missed: nobody gets three at once.
    place.reminder_count += 1
    place.save(update_fields=["reminder_count"])
    mails.confirm_current(place, is_last=place.reminder_count == len(REMINDERS), now=now)
    asked.reminded += 1
