"""Whether somebody who comes now gets a seat, or a place behind those who wait."""

import datetime

from trainings.enrolment.offers.settle import settle_seats
from trainings.models import Session
from trainings.sessions.seat_counts import Seats, session_seats
from trainings.sessions.seat_rules import Claim, allotment_of, rules_in_force


def newcomers_seat(session: Session, claim: Claim, *, now: datetime.datetime) -> tuple[Seats, bool]:
    """The seats, and whether this person gets one. Call under the lock of the session.

    Whoever comes first after a deadline finds its offer ended and passed on: she does not have to wait for the worker.
    """
    seats = session_seats(session)
    if seats.has_overdue_offer(now):
        settle_seats(session, now=now)
        seats = session_seats(session)
    rules = rules_in_force(session, now)
    if rules.are_plain:
        return seats, seats.has_room_for_newcomer
    return seats, allotment_of(session, rules).has_room_for_newcomer(claim)
