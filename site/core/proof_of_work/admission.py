"""Who passes: the first half of a quota freely, the second half with a proof of work or a wait, and nobody beyond it."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest

from core.proof_of_work.challenge import (
    HIGHEST_LEVEL,
    WAIT,
    Purpose,
    is_held_long_enough,
    is_solved,
    new_challenge,
    new_ticket,
    ticket_opens_at,
)
from core.web.client import client_network
from core.web.ratelimit import check_rate_limit, used


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How often one network may send one form in a period."""

    scope: str
    limit: int
    period: datetime.timedelta

    @property
    def free(self) -> int:
        """How many of them without a proof."""
        return self.limit // 2

    def level(self, count: int) -> int:
        """How much work is asked for, from 1 at the half to HIGHEST_LEVEL at the end."""
        beyond = max(0, count - self.free)
        return 1 + beyond * (HIGHEST_LEVEL - 1) // max(1, self.limit - self.free)


class QuotaUsed(Exception):
    """Nothing more passes from this network before `until`."""

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__(until)
        self.until = until


class ProofNeeded(Exception):
    """Half of the quota is used: the browser solves `challenge`, or sends `ticket` again from `opens_at` on."""

    def __init__(self, *, challenge: str, ticket: str, opens_at: datetime.datetime) -> None:
        super().__init__(opens_at)
        self.challenge = challenge
        self.ticket = ticket
        self.opens_at = opens_at


def admit(request: HttpRequest, quota: Quota, *, answer: str, cost: int, now: datetime.datetime) -> None:
    """Counts a form that is valid, `cost` times. Raises QuotaUsed or ProofNeeded, and then counts nothing: robots that solve nothing use
    up only the free half, and leave the other to the people behind the same address."""
    network = client_network(request)
    if check_rate_limit(scope=quota.scope, key=network, limit=quota.free, period=quota.period, now=now, cost=cost):
        return
    counted = used(scope=quota.scope, key=network, now=now)
    if counted.count + min(cost, quota.limit) > quota.limit:
        raise QuotaUsed(counted.until)
    purpose = Purpose(quota.scope, network)
    if not is_solved(answer, purpose, now=now) and not is_held_long_enough(answer, purpose, now=now):
        raise _proof_needed(purpose, level=quota.level(counted.count), held=answer, now=now)
    if not check_rate_limit(scope=quota.scope, key=network, limit=quota.limit, period=quota.period, now=now, cost=cost):
        raise QuotaUsed(counted.until)


def _proof_needed(purpose: Purpose, *, level: int, held: str, now: datetime.datetime) -> ProofNeeded:
    """Who sends the ticket too early keeps it: the wait does not begin anew."""
    ticket, opens_at = held, ticket_opens_at(held, purpose, now=now)
    if opens_at is None or opens_at <= now:
        ticket, opens_at = new_ticket(purpose, level=level, now=now), now + WAIT * level
    return ProofNeeded(challenge=new_challenge(purpose, level=level, now=now), ticket=ticket, opens_at=opens_at)
