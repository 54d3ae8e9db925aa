"""Who may have a free seat, said once more without the code under test (docs/decisions/0029 and 0030)."""

import datetime
from typing import Any

from django.utils import timezone

from trainings.enums import HOLDING
from trainings.models import Enrolment, Session
from trainings.seats.modes import GroupMode


def could_have_a_seat(session: Session, now: datetime.datetime) -> list[Enrolment]:
    """The first who wait and may have free seats, by the rules as they were told to people: one person, or all of a group."""
    taken = [(each.sector_id, each.organisation_id) for each in session.enrolments.filter(status__in=HOLDING)]
    line: dict[str, list[Enrolment]] = {}
    for each in session.enrolments.waiting().filter(is_held_back=False).select_related("group"):
        key = f"group {each.group_id}" if each.group and each.group.mode == GroupMode.ALL_OR_NONE else f"person {each.pk}"
        line.setdefault(key, []).append(each)
    for party in line.values():
        fitting = _fitting(session, taken, party, now)
        if len(fitting) == len(party):
            return party
        group = party[0].group
        is_kept = len(party) > 1 and group and group.held_together_until and timezone.localdate(now) <= group.held_together_until
        if is_kept and len(_fitting(session, [], party, now)) == len(party):
            taken += fitting
    return []


def _fitting(session: Session, taken: list[Any], party: list[Enrolment], now: datetime.datetime) -> list[Any]:
    """Those of a party who may have a seat beside `taken`, as the facts the rules ask about."""
    today = timezone.localdate(now)
    kept = set(session.kept_sectors.values_list("pk", flat=True))
    is_kept = session.kept_seats and kept and today <= session.kept_until
    is_limited = session.most_per_organisation and today <= session.most_until
    found: list[Any] = []
    for sector, organisation in [(each.sector_id, each.organisation_id) for each in party]:
        seats = [*taken, *found]
        others = sum(each not in kept for each, _organisation in seats)
        is_barred = is_kept and sector not in kept and others >= session.capacity - session.kept_seats
        colleagues = sum(each == organisation for _sector, each in seats if organisation)
        if len(seats) < session.capacity and not is_barred and not (is_limited and colleagues >= session.most_per_organisation):
            found.append((sector, organisation))
    return found
