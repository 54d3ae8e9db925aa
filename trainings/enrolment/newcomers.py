"""Whether somebody who comes now gets a seat, or a place behind those who wait."""

import datetime
from collections.abc import Sequence

from trainings.enrolment.offers.settle import settle_seats
from trainings.models import Session
from trainings.seats.rules import Claim
from trainings.sessions.seat_counts import Seats, session_seats
from trainings.sessions.seat_rules import allotment_of, rules_in_force


def newcomers_seat(session: Session, claim: Claim, *, now: datetime.datetime) -> tuple[Seats, bool]:
    """The seats, and whether this person gets one. Call under the lock of the session.

    Whoever comes first after a deadline finds its offer ended and passed on: she does not have to wait for the worker.
    """
    seats = current_seats(session, now=now)
    rules = rules_in_force(session, now)
    # One query more where rules are measured, or where somebody waits beside a free seat: a group for which one is too few.
    if rules.are_plain and (seats.has_room_for_newcomer or not seats.free):
        return seats, seats.has_room_for_newcomer
    return seats, allotment_of(session, rules, now).has_room_for_newcomer(claim)


def newcomers_seats(session: Session, claims: Sequence[Claim], *, now: datetime.datetime) -> list[bool]:
    """Whether each of a group that comes now gets a seat. Call under the lock of the session."""
    return allotment_of(session, rules_in_force(session, now), now).room_for(claims)


def current_seats(session: Session, *, now: datetime.datetime) -> Seats:
    """The seats once the offers that are over have ended."""
    seats = session_seats(session)
    if seats.has_overdue_offer(now):
        settle_seats(session, now=now)
        seats = session_seats(session)
    return seats
