"""An accepted proposal becomes in-house sessions; when the last of them is over, the request is done."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from core.lifecycle.transitions import TransitionNotAllowed
from core.models import User
from trainings.enums import SessionStatus
from trainings.models import Proposal, ProposalPart, Session, TrainingRequest, Venue
from trainings.models.requests import RequestNote, RequestStatus
from trainings.planning.in_house import InHouseData, Span, plan_in_house_session
from trainings.requests import mails
from trainings.requests.selectors import current_proposal, parts_of
from trainings.requests.status import change_status, lock_request


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanData:
    """Where people meet, how many seats there are, and of each part of the proposal, by its key: the meetings and the price agreed."""

    venue: Venue
    capacity: int
    spans: Mapping[int, Sequence[Span]]
    prices: Mapping[int, int | None] = field(default_factory=dict)


@transaction.atomic
def plan_request(*, request: TrainingRequest, data: PlanData, now: datetime.datetime, by: User) -> list[Session]:
    """Makes and publishes a session for each part, and mails dates and links. Raises TransitionNotAllowed, CannotChangeSession."""
    current = lock_request(request.pk)
    proposal = current_proposal(current)
    if current.status != RequestStatus.ACCEPTED or proposal is None:
        raise TransitionNotAllowed(current.status)
    sessions = [_plan(part, proposal, current, data, now=now, by=by) for part in parts_of(proposal)]
    change_status(current, RequestStatus.PLANNED, now=now, by=by)
    mails.step_taken(current, now=now)
    return sessions


def _plan(part: ProposalPart, proposal: Proposal, request: TrainingRequest, data: PlanData, *, now: datetime.datetime, by: User) -> Session:
    session = plan_in_house_session(
        data=InHouseData(
            module=part.module,
            title=part.title,
            language=request.language,
            venue=data.venue,
            capacity=data.capacity,
            spans=data.spans[part.pk],
            trainers=list(proposal.trainers.all()),
            price_cents=data.prices.get(part.pk),
            internal_note=str(request),
        ),
        now=now,
        by=by,
    )
    part.session = session
    part.save(update_fields=["session"])
    return session


def requests_over(now: datetime.datetime) -> list[int]:
    """The planned requests whose last meeting is over; a session that was called off does not count."""
    held = Session.objects.exclude(status=SessionStatus.CANCELLED).filter(proposal_part__proposal__request__status=RequestStatus.PLANNED)
    ends = held.order_by().values("proposal_part__proposal__request").annotate(latest=Max("meetings__ends_at"))
    return sorted(ends.filter(latest__lt=now).values_list("proposal_part__proposal__request", flat=True))


@transaction.atomic
def finish_request(*, request_id: int, now: datetime.datetime) -> bool:
    """Notes that all is over and says thank you. Idempotent; whether it was noted now."""
    current = lock_request(request_id)
    if current.status != RequestStatus.PLANNED or request_id not in requests_over(now):
        return False
    change_status(current, RequestStatus.DONE, now=now, reason=RequestNote.ALL_OVER)
    mails.step_taken(current, now=now)
    return True


def finish_requests(*, now: datetime.datetime) -> int:
    """The timed duty: one transaction a request. Returns how many are done."""
    return sum(finish_request(request_id=pk, now=now) for pk in requests_over(now))
