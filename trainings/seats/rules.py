"""The rules of a session, and its seats and its waiting list measured against them."""

import datetime
import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.text.comparison import folded
from trainings.seats.modes import GroupMode

# What is read of each enrolment that holds a seat or waits for one, in the order of `Allotment.of`.
FACTS = (
    *("pk", "status", "sector", "organisation", "organisation_name", "care_zone"),
    *("group", "group__mode", "group__held_together_until"),
)


class Obstacle(enum.StrEnum):
    """Why somebody cannot have a seat now."""

    FULL = "full"
    KEPT = "kept"
    ORGANISATION = "organisation"
    SECTOR = "sector"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Claim:
    """What the rules ask of a person. No organisation: she stands for herself. An unknown sector or zone is nobody's share."""

    sector: int | None = None
    organisation: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class SeatRules:
    """The rules that are in force at a moment; without any, seats go in the order of the list."""

    kept_seats: int = 0
    kept_sectors: frozenset[int] = frozenset()
    most_per_organisation: int | None = None
    most_per_sector: int | None = None
    most_per_zone: int | None = None

    @property
    def are_plain(self) -> bool:
        return not self.kept_seats and (self.most_per_organisation, self.most_per_sector, self.most_per_zone) == (None, None, None)


@dataclass(frozen=True, slots=True)
class Party:
    """Those who are served at once: one person, or a group that wants all its seats or none.

    `is_held`: in its turn, the free seats it could have are kept for it until there are enough.
    """

    keys: tuple[int, ...]
    claims: tuple[Claim, ...]
    is_held: bool = False


@dataclass(slots=True)
class Allotment:
    """The seats of a session, those who hold one, and those who wait, first come first."""

    capacity: int
    rules: SeatRules = field(default_factory=SeatRules)
    holders: list[Claim] = field(default_factory=list)
    line: list[Party] = field(default_factory=list)

    @classmethod
    def of(
        cls, rows: Iterable[Sequence[Any]], *, capacity: int, rules: SeatRules, holding: Iterable[str], today: datetime.date
    ) -> "Allotment":
        """`rows`: FACTS of those who hold a seat or wait, the longest waiting first. `holding`: the statuses that hold one."""
        allotment = cls(capacity=capacity, rules=rules)
        waiting: dict[str, list[tuple[int, Claim]]] = {}
        held: set[str] = set()
        seated = frozenset(holding)
        for pk, status, sector, organisation, organisation_name, zone, group, mode, held_until in rows:
            claim = claim_of(sector, organisation, organisation_name, zone)
            if status in seated:
                allotment.holders.append(claim)
                continue
            key = served_with(pk, group, mode)
            waiting.setdefault(key, []).append((pk, claim))
            if held_until is not None and today <= held_until:
                held.add(key)
        for key, members in waiting.items():
            keys, claims = zip(*members, strict=True)
            allotment.line.append(Party(keys=keys, claims=claims, is_held=key in held and len(members) > 1))
        return allotment

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
        shares = (
            (rules.most_per_organisation, "organisation", Obstacle.ORGANISATION),
            (rules.most_per_sector, "sector", Obstacle.SECTOR),
            (rules.most_per_zone, "zone", Obstacle.ZONE),
        )
        for most, name, obstacle in shares:
            share = getattr(claim, name)
            if most is not None and share and sum(getattr(each, name) == share for each in self.holders) >= most:
                return obstacle
        return None

    def obstacle_for_all(self, party: Party) -> Obstacle | None:
        """Why not all of a party can have a seat now: the first obstacle met."""
        trial = replace(self, holders=[*self.holders])
        for claim in party.claims:
            obstacle = trial.obstacle_for(claim)
            if obstacle is not None:
                return obstacle
            trial.holders.append(claim)
        return None

    def room_for(self, claims: Sequence[Claim]) -> list[bool]:
        """Whether each of those who come now, in this order, gets a seat: nobody takes one that somebody who waits may have."""
        left = self.left_for_newcomers()
        return [left is not None and left.seat(claim) for claim in claims]

    def left_for_newcomers(self) -> "Allotment | None":
        """The seats without those kept for groups that wait; None while somebody who waits may have one."""
        left, next_party = self._walk()
        return left if next_party is None else None

    def has_room_for_newcomer(self, claim: Claim) -> bool:
        """Whether somebody who enrols now is confirmed."""
        return self.room_for([claim])[0]

    def seat_next(self) -> Party | None:
        """Gives seats to the first who may have them; the party, or None when nobody may."""
        _left, party = self._walk()
        if party is not None:
            self.line.remove(party)
            self.holders += party.claims
        return party

    def seat(self, claim: Claim) -> bool:
        """Gives a seat if the rules allow it."""
        if self.obstacle_for(claim) is not None:
            return False
        self.holders.append(claim)
        return True

    def _walk(self) -> tuple["Allotment", Party | None]:
        """Down the line to the first party that may have its seats, and what is left to it: seats kept for groups are gone."""
        left = replace(self, holders=[*self.holders], line=[])
        for party in self.line:
            seated = [claim for claim in party.claims if left.seat(claim)]
            if len(seated) == len(party.claims):
                return left, party
            if seated and not self._is_kept_for(party):
                del left.holders[-len(seated) :]
        return left, None

    def _is_kept_for(self, party: Party) -> bool:
        """Nothing is kept for a group that the rules would not let in as a whole even if nobody else were there."""
        return party.is_held and Allotment(self.capacity, self.rules).obstacle_for_all(party) is None


def served_with(pk: int, group: int | None, mode: str | None) -> str:
    """The same for those who are served at once."""
    return f"group {group}" if mode == GroupMode.ALL_OR_NONE else f"person {pk}"


def claim_of(sector: int | None, organisation: int | None, organisation_name: str, zone: str = "") -> Claim:
    """One organisation is one, whether it was chosen from the directory or typed in capitals."""
    name = " ".join(folded(organisation_name).split())
    return Claim(sector=sector, organisation=f"#{organisation}" if organisation else name, zone=zone)
