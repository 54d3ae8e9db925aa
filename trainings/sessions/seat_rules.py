"""Who may have a seat: the rules of a session, and its seats and its waiting list measured against them. Pure, but for the two reads."""

import datetime
import enum
from dataclasses import dataclass, field

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from core.text.comparison import folded
from trainings.enums import HOLDING, EnrolmentStatus
from trainings.models import Session


class Obstacle(enum.StrEnum):
    """Why somebody cannot have a seat now."""

    FULL = "full"
    KEPT = "kept"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Claim:
    """What the rules ask of a person. No organisation: she stands for herself."""

    sector: int | None = None
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class SeatRules:
    """The rules that are in force at a moment; without any, seats go in the order of the list."""

    kept_seats: int = 0
    kept_sectors: frozenset[int] = frozenset()
    most_per_organisation: int | None = None

    @property
    def are_plain(self) -> bool:
        return not self.kept_seats and self.most_per_organisation is None


@dataclass(slots=True)
class Allotment:
    """The seats of a session, those who hold one, and those who wait, first come first."""

    capacity: int
    rules: SeatRules = field(default_factory=SeatRules)
    holders: list[Claim] = field(default_factory=list)
    line: list[tuple[int, Claim]] = field(default_factory=list)

    @property
    def free(self) -> int:
        return max(self.capacity - len(self.holders), 0)

    def obstacle_for(self, claim: Claim) -> Obstacle | None:
        """Why this person cannot have a seat; None when she can."""
        if not self.free:
            return Obstacle.FULL
        rules = self.rules
        if rules.kept_seats and claim.sector not in rules.kept_sectors:
            others = sum(each.sector not in rules.kept_sectors for each in self.holders)
            if others >= self.capacity - rules.kept_seats:
                return Obstacle.KEPT
        if rules.most_per_organisation is not None and claim.organisation:
            colleagues = sum(each.organisation == claim.organisation for each in self.holders)
            if colleagues >= rules.most_per_organisation:
                return Obstacle.ORGANISATION
        return None

    def has_room_for_newcomer(self, claim: Claim) -> bool:
        """Whether somebody who enrols now is confirmed: a passer-by takes no seat that somebody who waits may have."""
        return self.obstacle_for(claim) is None and not any(self.obstacle_for(other) is None for _pk, other in self.line)

    def seat_next(self) -> int | None:
        """Gives a seat to the first who may have one; her key, or None when nobody may."""
        for place, (pk, claim) in enumerate(self.line):
            if self.obstacle_for(claim) is None:
                del self.line[place]
                self.holders.append(claim)
                return pk
        return None


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
    )


def allotment_of(session: Session, rules: SeatRules) -> Allotment:
    """As the rows stand: one query. Under the lock of the session where something is decided."""
    allotment = Allotment(capacity=session.capacity, rules=rules)
    taken, in_line = Q(status__in=HOLDING), Q(status=EnrolmentStatus.WAITING, is_held_back=False)
    rows = session.enrolments.filter(taken | in_line).order_by("queued_at", "pk")
    for pk, status, *facts in rows.values_list("pk", "status", "sector", "organisation", "organisation_name"):
        claim = claim_of(*facts)
        if status in HOLDING:
            allotment.holders.append(claim)
        else:
            allotment.line.append((pk, claim))
    return allotment


def claim_of(sector: int | None, organisation: int | None, organisation_name: str) -> Claim:
    """One organisation is one, whether it was chosen from the directory or typed in capitals."""
    name = " ".join(folded(organisation_name).split())
    return Claim(sector=sector, organisation=f"#{organisation}" if organisation else name)
