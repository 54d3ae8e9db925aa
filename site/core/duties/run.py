"""Runs what is due. A duty is claimed under a row lock, run outside of any transaction, and its outcome is noted.

A claim ends by itself after `at_most`: a duty whose worker was killed has its turn again, and two workers never run one at once.
"""

import datetime
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from core.duties.registry import DutyFailed, DutySpec, registered
from core.models import Duty

logger = logging.getLogger(__name__)

# A duty that failed is tried again after so long, if its next turn is not earlier.
RETRY_AFTER = datetime.timedelta(hours=1)
EMAIL = re.compile(r"\S+@\S+")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one run."""

    name: str
    outcome: Mapping[str, int] = field(default_factory=dict)
    error: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.error or ', '.join(f'{count} {kind}' for kind, count in self.outcome.items()) or 'done'}"


def run_due(*, now: datetime.datetime) -> list[Result]:
    """Runs each duty whose turn has come, once, however many turns it missed."""
    add_missing(now=now)
    _forget_turns_of_a_fast_clock(now=now)
    return [_run(spec, claim, now=now) for spec in registered() if (claim := _claim(spec, now=now))]


def run_one(*, spec: DutySpec, now: datetime.datetime) -> Result | None:
    """Runs one duty, due or not; None while a worker runs it."""
    add_missing(now=now)
    claim = _claim(spec, now=now, is_forced=True)
    return _run(spec, claim, now=now) if claim else None


def dry_run(*, specs: Iterable[DutySpec], now: datetime.datetime) -> list[Result]:
    """What each would do now. Nothing is changed or noted."""
    return [Result(spec.name, spec.run(now=now, dry_run=True)) for spec in specs]


def ask_to_run(*, duty: Duty, now: datetime.datetime) -> None:
    """Makes it due: the worker runs it within seconds."""
    Duty.objects.filter(pk=duty.pk).update(next_run_at=now)


def add_missing(*, now: datetime.datetime) -> None:
    """A row for each new duty, with its first turn."""
    known = set(Duty.objects.values_list("name", flat=True))
    new = [Duty(name=spec.name, next_run_at=spec.schedule.first(now)) for spec in registered() if spec.name not in known]
    Duty.objects.bulk_create(new, ignore_conflicts=True)


def _forget_turns_of_a_fast_clock(*, now: datetime.datetime) -> None:
    """No turn lies beyond the one after next: a clock that was ahead, and was set back, planned it."""
    planned = dict(Duty.objects.values_list("name", "next_run_at"))
    for spec in registered():
        following = spec.schedule.next_after(now)
        if planned.get(spec.name, now) > spec.schedule.next_after(following):
            Duty.objects.filter(name=spec.name, next_run_at=planned[spec.name]).update(next_run_at=following)


@transaction.atomic
def _claim(spec: DutySpec, *, now: datetime.datetime, is_forced: bool = False) -> datetime.datetime | None:
    """Takes the duty for this process; until when, or None when it is not due or somebody else has it."""
    duty = Duty.objects.select_for_update(skip_locked=True).filter(name=spec.name).first()
    if (
        duty is None
        or (duty.claimed_until and now < duty.claimed_until <= now + spec.at_most)
        or not (is_forced or duty.next_run_at <= now)
    ):
        return None
    # The turn itself moves on only when the run is over: one that is killed comes back.
    duty.claimed_until, duty.last_run_at = now + spec.at_most, now
    duty.save(update_fields=["claimed_until", "last_run_at"])
    return duty.claimed_until


def _run(spec: DutySpec, claim: datetime.datetime, *, now: datetime.datetime) -> Result:
    try:
        result = Result(spec.name, dict(spec.run(now=now, dry_run=False)))
    except Exception as failure:
        logger.exception("The duty %s failed.", spec.name)
        result = Result(spec.name, error=_shown(failure))
    _finish(spec, claim, result, now=now)
    return result


def _finish(spec: DutySpec, claim: datetime.datetime, result: Result, *, now: datetime.datetime) -> None:
    following = spec.schedule.next_after(now)
    facts = (
        {"last_error": result.error, "next_run_at": min(following, now + RETRY_AFTER)}
        if result.error
        else {"last_error": "", "next_run_at": following, "last_outcome": result.outcome, "last_success_at": now, "reported_at": None}
    )
    # Where the claim ran out meanwhile, another worker has it, and its word counts.
    Duty.objects.filter(name=spec.name, claimed_until=claim).update(claimed_until=None, **facts)


def _shown(failure: Exception) -> str:
    """The first line of an error, without email addresses: a database names the row it stumbled over."""
    first = next(iter(str(failure).splitlines()), "")
    text = first if isinstance(failure, DutyFailed) else f"{type(failure).__name__}: {first}"
    return EMAIL.sub("…", text)[:500]
