"""How many places are left in sessions that are listed: two queries more at most, however many they are."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.apps import apps
from django.utils import timezone

from trainings.enums import HOLDING
from trainings.seats.places import PlacesLeft, places_of
from trainings.seats.rules import Allotment, SeatRules

# What is read of a session: `SessionQuerySet.with_seats_left()` and its own columns.
COLUMNS = (
    *("pk", "capacity", "free_seats", "seats_left", "waiting_count", "kept_seats", "kept_until"),
    *("most_per_organisation", "most_per_sector", "most_per_zone", "most_until"),
)


def places_left(sessions: Sequence[Mapping[str, Any]], *, now: datetime.datetime) -> dict[int, PlacesLeft]:
    """By key of the session. People are read only where seats are free and a rule, or somebody who waits, decides about them."""
    today = timezone.localdate(now)
    measured = {row["pk"]: row for row in sessions if row["free_seats"] > 0 and (row["waiting_count"] or _keeps(row, today))}
    found = {row["pk"]: PlacesLeft(max(row["seats_left"], 0)) for row in sessions} | _measured(measured, today)
    limits = {row["pk"]: row["most_per_organisation"] for row in sessions if row["most_until"] and today <= row["most_until"]}
    return {pk: replace(places, most=limits.get(pk)) for pk, places in found.items()}


def note_places(sessions: Iterable[Any], *, now: datetime.datetime) -> None:
    """Sets `places` on each session."""
    rows = list(sessions)
    found = places_left([{name: getattr(row, name) for name in COLUMNS} for row in rows], now=now)
    for row in rows:
        row.places = found[row.pk]


def _measured(sessions: Mapping[int, Mapping[str, Any]], today: datetime.date) -> dict[int, PlacesLeft]:
    if not sessions:
        return {}
    people: dict[int, list[Any]] = defaultdict(list)
    for *facts, session in apps.get_model("trainings", "Enrolment").objects.filter(session__in=sessions).seat_facts("session"):
        people[session].append(facts)
    sectors = _kept_sectors([pk for pk, row in sessions.items() if _keeps(row, today)])
    found = {}
    for pk, row in sessions.items():
        is_limited = row["most_until"] and today <= row["most_until"]
        rules = SeatRules(
            kept_seats=row["kept_seats"] if sectors[pk] else 0,
            kept_sectors=frozenset(sectors[pk]),
            most_per_organisation=row["most_per_organisation"] if is_limited else None,
            most_per_sector=row["most_per_sector"] if is_limited else None,
            most_per_zone=row["most_per_zone"] if is_limited else None,
        )
        found[pk] = places_of(Allotment.of(people[pk], capacity=row["capacity"], rules=rules, holding=HOLDING, today=today))
    return found


def _kept_sectors(sessions: Sequence[int]) -> dict[int, set[int]]:
    kept: dict[int, set[int]] = defaultdict(set)
    if sessions:
        through = apps.get_model("trainings", "Session").kept_sectors.through
        for session, sector in through.objects.filter(session__in=sessions).values_list("session_id", "sector_id"):
            kept[session].add(sector)
    return kept


def _keeps(session: Mapping[str, Any], today: datetime.date) -> bool:
    return bool(session["kept_seats"] and session["kept_until"] and today <= session["kept_until"])
