"""Cycles with their groups, as the public reads them and as a coordinator sees them."""

import datetime
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from trainings.enrolment.enrol import Refusal, why_closed
from trainings.enums import ATTENDED, SessionStatus
from trainings.models import Audience, Cycle, Meeting, Session
from trainings.querysets.places import note_places
from trainings.sessions.prices import prices_of
from trainings.sessions.seat_words import SeatWords

TOLD = (SessionStatus.PUBLISHED, SessionStatus.CLOSED)


class Door(enum.StrEnum):
    """What somebody who reads of a group can do now."""

    OPEN = "open"
    LATER = "later"
    INVITED = "invited"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Group:
    """A group as the public reads it."""

    session: Session
    door: Door
    is_free: bool
    policy: list[str]


@dataclass(frozen=True, slots=True)
class AnnouncedCycle:
    """A cycle that is not over, with the groups that are announced."""

    cycle: Cycle
    groups: list[Group]
    opens_later: bool
    is_season_over: bool


def announced_cycles(now: datetime.datetime) -> dict[Audience, list[AnnouncedCycle]]:
    """By audience, the next ones first. Seven queries at most, however many there are."""
    today = timezone.localdate(now)
    sessions: Any = Session.objects.filter(status__in=TOLD).with_dates().with_seats_left()
    meetings = Prefetch("meetings", queryset=Meeting.objects.select_related("host"))
    rows = sessions.select_related("venue", "module").prefetch_related(meetings, "kept_sectors").order_by("starts_at", "pk")
    cycles = list(Cycle.objects.announced(today).prefetch_related(Prefetch("sessions", queryset=rows)))
    note_places([session for cycle in cycles for session in cycle.sessions.all()], now=now)
    found: dict[Audience, list[AnnouncedCycle]] = {}
    for cycle in cycles:
        groups = [_group(session, cycle, now) for session in cycle.sessions.all()]
        found.setdefault(Audience(cycle.audience), []).append(_announced(cycle, groups, today))
    return {audience: found[audience] for audience in Audience if audience in found}


def _announced(cycle: Cycle, groups: list[Group], today: datetime.date) -> AnnouncedCycle:
    return AnnouncedCycle(cycle, groups, opens_later=cycle.opens_later(today), is_season_over=cycle.is_season_over(today))


def _group(session: Session, cycle: Cycle, now: datetime.datetime) -> Group:
    refusal = why_closed(session, now)
    door = {None: Door.OPEN, Refusal.NOT_YET: Door.LATER}.get(refusal, Door.CLOSED)
    if cycle.is_by_invitation and door != Door.CLOSED:
        door = Door.INVITED
    policy = SeatWords(session, now).policy() if door == Door.OPEN else []
    return Group(session, door, prices_of(session.module, session).full == 0, policy)


@dataclass(frozen=True, slots=True)
class GroupPresence:
    """A group as its coordinator sees it. `average`: people present at a meeting whose roll call is closed."""

    session: Any
    meetings: list[Any]
    average: float | None


def groups_of(cycle: Cycle, sessions: Any) -> list[GroupPresence]:
    """The groups of a cycle among `sessions`, with each meeting's `present_count`. Four queries."""
    present = Count("attendances", filter=Q(attendances__status__in=ATTENDED))
    meetings = Prefetch("meetings", queryset=Meeting.objects.select_related("host").annotate(present_count=present))
    rows = sessions.filter(cycle=cycle).select_related("module").prefetch_related(meetings, "trainers").order_by("starts_at", "pk")
    return [GroupPresence(session, list(session.meetings.all()), average_of(session.meetings.all())) for session in rows]


def average_of(meetings: Iterable[Any]) -> float | None:
    """None while no roll call is closed."""
    counts = [meeting.present_count for meeting in meetings if meeting.roll_closed_at]
    return round(sum(counts) / len(counts), 1) if counts else None
