"""What becomes of a seat that is free: offered until when, given at once, or left to a coordinator. Pure; all hours are Brussels' own."""

import datetime
import enum
from dataclasses import dataclass

from django.utils import timezone

from trainings.enums import FreedSeats, Phase, SessionStatus
from trainings.models import Session

# Time left before the first meeting, and the hours somebody then has to answer. Nearer than the last line, a phone call is quicker.
HOURS_TO_ANSWER = (
    (datetime.timedelta(days=7), 72),
    (datetime.timedelta(days=2), 24),
    (datetime.timedelta(days=1), 4),
)
SHORTEST_HOURS = HOURS_TO_ANSWER[-1][1]
# A deadline counted in days is the end of a day, one in hours falls when people are awake, else on the next noon.
END_OF_DAY = datetime.time(23, 59, 59)
MORNING, NOON, EVENING = datetime.time(9), datetime.time(12), datetime.time(21)
QUARTER = datetime.timedelta(minutes=15)
# Whoever accepts must still be able to come; whoever is asked must have time to read.
BEFORE_START = datetime.timedelta(hours=3)
SHORTEST = datetime.timedelta(hours=1)


class WhyByHand(enum.StrEnum):
    """Why a free seat is offered to nobody by itself."""

    CHOSEN = "chosen"
    CLOSED = "closed"
    BEGUN = "begun"
    TOO_NEAR = "too_near"


@dataclass(frozen=True, slots=True)
class Plan:
    """The way of a seat that is free now. `answer_by` of an offer, `why` when it is left to a coordinator."""

    way: FreedSeats
    answer_by: datetime.datetime | None = None
    why: WhyByHand | None = None


def plan_for(session: Session, now: datetime.datetime) -> Plan:
    """Reads the meetings (prefetch them)."""
    starts_at = session.starts
    if session.status != SessionStatus.PUBLISHED:
        return _by_hand(WhyByHand.CLOSED)
    if starts_at is None or session.phase(now) != Phase.TO_COME:
        return _by_hand(WhyByHand.BEGUN)
    if session.freed_seats == FreedSeats.BY_HAND:
        return _by_hand(WhyByHand.CHOSEN)
    if session.freed_seats == FreedSeats.CONFIRM:
        return Plan(FreedSeats.CONFIRM)
    hours = _hours(session, starts_at - now)
    moment = answer_by(now, hours=hours, starts_at=starts_at) if hours else None
    return Plan(FreedSeats.OFFER, answer_by=moment) if moment else _by_hand(WhyByHand.TOO_NEAR)


def answer_by(now: datetime.datetime, *, hours: int, starts_at: datetime.datetime) -> datetime.datetime | None:
    """The last moment at which an offer made now can be accepted; None when the session is too near to ask."""
    local = timezone.localtime(now).replace(tzinfo=None) + datetime.timedelta(hours=hours)
    wanted = datetime.datetime.combine(local.date(), END_OF_DAY) if hours >= 24 else _awake(_next_quarter(local))
    latest = starts_at - BEFORE_START
    moment = min(timezone.make_aware(wanted), latest)
    return moment if moment - now >= SHORTEST else None


def _hours(session: Session, left: datetime.timedelta) -> int | None:
    if session.answer_hours:
        return session.answer_hours
    usual = next((hours for least, hours in HOURS_TO_ANSWER if left >= least), None)
    return SHORTEST_HOURS if usual is None and session.freed_seats == FreedSeats.OFFER else usual


def _next_quarter(moment: datetime.datetime) -> datetime.datetime:
    rest = (moment - datetime.datetime.min) % QUARTER
    return moment + (QUARTER - rest if rest else rest)


def _awake(moment: datetime.datetime) -> datetime.datetime:
    """`moment`, or the noon after the night it falls in."""
    if MORNING <= moment.time() <= EVENING:
        return moment
    day = moment.date() + datetime.timedelta(days=moment.time() > EVENING)
    return datetime.datetime.combine(day, NOON)


def _by_hand(why: WhyByHand) -> Plan:
    return Plan(FreedSeats.BY_HAND, why=why)
