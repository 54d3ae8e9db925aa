"""Enrolments of a period whose sector nobody told, by organisation, and the sector stated for all people of one at once."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from core.directory.names import organisation_key
from core.figures.period import Period
from core.models import Organisation, Sector
from trainings.enrolment.offers.settle import settle_seats
from trainings.enrolment.seats import lock_sessions
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, Meeting
from trainings.querysets.enrolments import EnrolmentQuerySet

# Before the number of an organisation of the directory; a name as typed has no such sign in its key.
KNOWN = "#"


@dataclass(frozen=True, slots=True)
class UnknownSector:
    """The people of one organisation. `key`: of `state_sector`. `sector`: what the directory says of it today."""

    key: str
    name: str
    count: int
    sector: int | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What was written: the enrolments, and the organisation if the directory learned its sector too."""

    enrolments: list[Enrolment]
    organisation: Organisation | None = None


def unknown_sectors(period: Period) -> list[UnknownSector]:
    """Organisations, known or as people typed them, with enrolments whose sector is unknown; the most first. Two queries.

    Spellings of one typed name are one. Who named no organisation is not here: only the person knows.
    """
    rows = _without_sector(period).order_by().values_list("organisation", "organisation_name").annotate(n=Count("pk"))
    spelled: dict[str, dict[str, int]] = defaultdict(dict)
    for organisation, typed, count in rows:
        key = _key(organisation, typed)
        if key:
            name = "" if organisation else typed
            spelled[key][name] = spelled[key].get(name, 0) + count
    directory = Organisation.objects.in_bulk([int(key.removeprefix(KNOWN)) for key in spelled if key.startswith(KNOWN)])
    found = []
    for key, names in spelled.items():
        known = directory[int(key.removeprefix(KNOWN))] if key.startswith(KNOWN) else None
        name = known.name if known else max(names, key=lambda each: (names[each], each))
        found.append(UnknownSector(key, name, sum(names.values()), known.sector_id if known else None))
    return sorted(found, key=lambda each: (-each.count, each.name))


@transaction.atomic
def state_sector(*, key: str, sector: Sector, period: Period, now: datetime.datetime) -> Stated:
    """All people of one organisation work in this sector, in the sessions of a period. Returns what was written.

    Only where nobody told a sector; what people typed stays as they typed it, and nobody gets a mail about it. The directory learns
    the sector of an organisation of which it knew none. Seats kept for the sector are given where a session is still to come.
    """
    rows = [row for row in _without_sector(period).select_related("session") if _key(row.organisation_id, row.organisation_name) == key]
    sessions = lock_sessions(_to_come({row.session_id for row in rows}, now))
    # Counted under the lock: what somebody told meanwhile stays.
    stated = list(Enrolment.objects.select_for_update().filter(pk__in=[row.pk for row in rows], sector=None))
    Enrolment.objects.filter(pk__in=[row.pk for row in stated]).update(sector=sector)
    for session in sessions.values():
        settle_seats(session, now=now)
    return Stated(stated, _taught(key, sector) if stated else None)


def _without_sector(period: Period) -> EnrolmentQuerySet:
    held = Meeting.objects.filter(starts_at__gte=period.begins, starts_at__lt=period.ends)
    rows: EnrolmentQuerySet = Enrolment.objects.filter(sector=None, session__in=held.values("session"))
    return rows.exclude(status=EnrolmentStatus.CANCELLED)


def _key(organisation: int | None, typed: str) -> str:
    """Empty for who named none."""
    return f"{KNOWN}{organisation}" if organisation else organisation_key(typed)


def _to_come(sessions: Iterable[int], now: datetime.datetime) -> list[int]:
    """Those of them that have a meeting ahead: only there a seat can still be given."""
    return list(Meeting.objects.filter(session__in=sessions, starts_at__gt=now).order_by().values_list("session", flat=True).distinct())


def _taught(key: str, sector: Sector) -> Organisation | None:
    """The organisation of the directory whose sector was unknown until now."""
    if not key.startswith(KNOWN):
        return None
    organisation = Organisation.objects.filter(pk=int(key.removeprefix(KNOWN)), sector=None).first()
    if organisation is not None:
        organisation.sector = sector
        organisation.save(update_fields=["sector"])
    return organisation
