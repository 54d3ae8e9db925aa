"""The rules of a session and its rows, read for `trainings.seats`."""

import datetime

from django.db.models import prefetch_related_objects
from django.utils import timezone

from trainings.enums import HOLDING
from trainings.models import Session
from trainings.seats.rules import Allotment, SeatRules


def rules_in_force(session: Session, now: datetime.datetime) -> SeatRules:
    """One query for each `session` in memory where seats are kept, else none."""
    today = timezone.localdate(now)
    is_keeping = session.kept_seats > 0 and session.kept_until is not None and today <= session.kept_until
    if is_keeping:
        prefetch_related_objects([session], "kept_sectors")  # asked for once, however often the rules are read
    sectors = frozenset(sector.pk for sector in session.kept_sectors.all()) if is_keeping else frozenset()
    is_limited = session.most_until is not None and today <= session.most_until
    return SeatRules(
        kept_seats=session.kept_seats if sectors else 0,
        kept_sectors=sectors,
        most_per_organisation=session.most_per_organisation if is_limited else None,
        most_per_sector=session.most_per_sector if is_limited else None,
        most_per_zone=session.most_per_zone if is_limited else None,
    )


def allotment_of(session: Session, rules: SeatRules, now: datetime.datetime) -> Allotment:
    """As the rows stand: one query. Under the lock of the session where something is decided."""
    rows = session.enrolments.seat_facts()
    return Allotment.of(rows, capacity=session.capacity, rules=rules, holding=HOLDING, today=timezone.localdate(now))
