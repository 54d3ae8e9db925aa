"""Creates and changes places and their status; each change of status writes a dated row."""

import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localtime

from cartography import mails
from cartography.enums import PLACE_TRANSITIONS, VISIBLE, CheckedBy, PlaceStatus, SystemNote
from cartography.models import Place, PlaceCheck
from cartography.places.data import Notes, PlaceData, apply_data
from core.fields import secret_token
from core.lifecycle.transitions import next_status, record_transition
from core.models import User


@transaction.atomic
def create_place(
    *,
    data: PlaceData,
    notes: Notes,
    now: datetime.datetime,
    by: User | None = None,
    import_key: str = "",
) -> Place:
    """A draft. Raises CannotPlace."""
    place = Place(import_key=import_key)
    notes.write(place)
    apply_data(place, data)
    place.slug = _free_slug(data.name_fr)
    place.save()
    record_transition(place, "", now=now, by=by, reason=str(notes.provenance))
    return place


@transaction.atomic
def change_place(*, place: Place, data: PlaceData, notes: Notes | None = None) -> list[str]:
    """Writes what is new; without `notes` those stay. Returns the fields that changed.

    A new email gets a new secret link. Raises CannotPlace.
    """
    current = lock_place(place.pk)
    was = current.email
    changed = apply_data(current, data) + (notes.write(current) if notes else [])
    if changed:
        if current.email != was:
            current.token = secret_token()
        current.save()
    return changed


@transaction.atomic
def publish_place(*, place: Place, now: datetime.datetime, by: User | None = None, reason: str = "") -> Place:
    """Readers see it. To publish is not to check: who checked, and when, is said apart."""
    current = lock_place(place.pk)
    if current.status == PlaceStatus.PUBLISHED:
        return current
    _change_status(current, PlaceStatus.PUBLISHED, now=now, by=by, reason=reason)
    return current


@transaction.atomic
def withdraw_place(*, place: Place, now: datetime.datetime, by: User | None = None, reason: str = "", tells_service: bool = True) -> Place:
    """Readers no longer see it; the row and its history stay. The service of a place they saw is told, with the reason and the way back."""
    current = lock_place(place.pk)
    was = current.status
    if was != PlaceStatus.WITHDRAWN:
        _change_status(current, PlaceStatus.WITHDRAWN, now=now, by=by, reason=reason)
        if tells_service and was in VISIBLE and current.email:
            mails.delisted(current, reason=reason, was_silent=was == PlaceStatus.TO_CONFIRM, now=now)
    return current


@transaction.atomic
def reopen_place(*, place: Place, now: datetime.datetime, by: User | None = None) -> Place:
    """A withdrawn place becomes a draft again."""
    current = lock_place(place.pk)
    if current.status != PlaceStatus.DRAFT:
        _change_status(current, PlaceStatus.DRAFT, now=now, by=by)
    return current


@transaction.atomic
def confirm_place(*, place: Place, checked_by: CheckedBy, now: datetime.datetime, by: User | None = None) -> Place:
    """'Still right': the clock starts again, and a place to be confirmed is a published one. Twice in a day is once."""
    current = lock_place(place.pk)
    _check(current, checked_by, now=now, by=by)
    if current.status == PlaceStatus.TO_CONFIRM:
        _change_status(current, PlaceStatus.PUBLISHED, now=now, by=by, reason=SystemNote.STILL_RIGHT)
    return current


def mark_to_confirm(current: Place, *, now: datetime.datetime) -> None:
    """Nobody answered the reminders. `current` is locked by the caller."""
    _change_status(current, PlaceStatus.TO_CONFIRM, now=now, reason=SystemNote.NO_ANSWER)


def lock_place(pk: int) -> Place:
    """The row, kept from others until the transaction ends."""
    return Place.objects.select_for_update(of=("self",)).select_related("sector").get(pk=pk)


def _check(place: Place, checked_by: CheckedBy, *, now: datetime.datetime, by: User | None) -> None:
    day = localtime(now).date()
    if place.checked_on == day and place.checked_by == checked_by:
        return
    place.checked_on, place.checked_by, place.reminder_count = day, checked_by, 0
    place.save(update_fields=["checked_on", "checked_by", "reminder_count", "updated_at"])
    PlaceCheck.objects.create(place=place, checked_by=checked_by, at=now, by=by)


def _change_status(place: Place, to: PlaceStatus, *, now: datetime.datetime, by: User | None = None, reason: str = "") -> None:
    was, place.status = place.status, next_status(PLACE_TRANSITIONS, place.status, to)
    if to in VISIBLE and place.published_at is None:
        place.published_at = now
    place.save(update_fields=["status", "published_at", "updated_at"])
    record_transition(place, was, now=now, by=by, reason=reason)


def _free_slug(name: str) -> str:
    """The name as a slug, with a number when it is taken."""
    base = slugify(name)[:160] or "lieu"
    taken = set(Place.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))) if slug not in taken)
