"""Enrols the people of a list in an in-house session of its request, line by line."""

import datetime
import enum
from dataclasses import dataclass

from django.db import transaction

from core.models import User
from trainings.enrolment.enrol import CannotEnrol, EnrolmentData, Refusal, enrol_participant, why_closed
from trainings.enrolment.seats import lock_session
from trainings.enums import SystemNote
from trainings.models import Session, TrainingRequest
from trainings.requests.participants.parse import Flaw, Line, parse_people

# One mail each: a longer list is given in parts.
MOST_LINES = 100


class TooManyLines(Exception):
    """More people than one list takes."""


class LineStatus(enum.StrEnum):
    """What became of a line."""

    ENROLLED = "enrolled"
    WAITING = "waiting"
    ALREADY = "already"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line and what became of it; of one that was left, `line.flaw` says why."""

    line: Line
    status: LineStatus


@transaction.atomic
def enrol_people(*, request: TrainingRequest, session: Session, text: str, now: datetime.datetime, by: User | None = None) -> list[Outcome]:
    """A seat or a place on the waiting list for each person, with her own mail; who is in the session already gets none.

    The same list sent twice changes nothing. Raises CannotEnrol, TooManyLines.
    """
    lines = parse_people(text)
    if len(lines) > MOST_LINES:
        raise TooManyLines
    refusal = why_closed(lock_session(session.pk), now) if session.proposal_part.proposal.request_id == request.pk else Refusal.UNKNOWN
    if refusal is not None:
        raise CannotEnrol(refusal)
    known = set(session.enrolments.active().values_list("participant__email", flat=True))
    return [Outcome(line, _enrol(line, request, session, known, now=now, by=by)) for line in lines]


def left_over(outcomes: list[Outcome]) -> str:
    """The lines to correct, as they were typed."""
    return "\n".join(
        each.line.typed for each in outcomes if each.status == LineStatus.LEFT and each.line.flaw not in {Flaw.TWICE, Flaw.HEADING}
    )


def _enrol(
    line: Line, request: TrainingRequest, session: Session, known: set[str], *, now: datetime.datetime, by: User | None
) -> LineStatus:
    if line.flaw is not None:
        return LineStatus.LEFT
    if line.email in known:
        return LineStatus.ALREADY
    person = EnrolmentData(
        name=line.name,
        email=line.email,
        function=line.function,
        organisation=request.organisation,
        organisation_name=request.organisation_name,
        language=request.language,
    )
    outcome = enrol_participant(session_id=session.pk, person=person, now=now)
    outcome.enrolment.transitions.filter(from_status="").update(by=by, reason=SystemNote.ON_LIST)
    return LineStatus.WAITING if outcome.rank else LineStatus.ENROLLED
