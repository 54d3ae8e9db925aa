"""Requests at each step, taken there by the services."""

import datetime
from typing import Any

from django.utils import timezone

from core.models import User
from tests.core.people import member
from tests.trainings.factories import ModuleFactory, VenueFactory
from tests.trainings.requests.factories import TrainingRequestFactory
from trainings.models import Proposal, Session, TrainingRequest
from trainings.requests.plan import PlanData, plan_request
from trainings.requests.proposals import PartData, ProposalData, accept_proposal, send_proposal, write_proposal
from trainings.requests.selectors import current_proposal, parts_of


def span(days: int = 40, hour: int = 9) -> tuple[datetime.datetime, datetime.datetime]:
    """Three hours, so many days from now."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    start = timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, 30)))
    return start, start + datetime.timedelta(hours=3)


def proposal_data(**fields: Any) -> ProposalData:
    given: dict[str, Any] = {
        "parts": [PartData(module=ModuleFactory(), spans=[span(40), span(47)])],
        "price": "900 €, déplacement compris",
        "valid_until": timezone.localdate() + datetime.timedelta(days=30),
        "introduction": "Deux demi-journées.\n\nChez vous.",
    }
    return ProposalData(**given | fields)


def coordinator() -> User:
    return member("Coordinator")


def proposed(**fields: Any) -> TrainingRequest:
    """With one version sent."""
    request: TrainingRequest = TrainingRequestFactory(**fields)
    send_again(request)
    request.refresh_from_db()
    return request


def send_again(request: TrainingRequest, *, by: User | None = None, **fields: Any) -> Proposal:
    write_proposal(request=request, data=proposal_data(**fields))
    return send_proposal(request=request, now=timezone.now(), today=timezone.localdate(), by=by or coordinator())


def accepted(**fields: Any) -> TrainingRequest:
    request = proposed(**fields)
    proposal = current_proposal(request)
    assert proposal
    accept_proposal(request=request, version=proposal.version, now=timezone.now(), today=timezone.localdate())
    request.refresh_from_db()
    return request


def planned(*, capacity: int = 12, price_cents: int | None = None, **fields: Any) -> tuple[TrainingRequest, Session]:
    """With its one in-house session."""
    request = accepted(**fields)
    proposal = current_proposal(request)
    assert proposal
    parts = parts_of(proposal)
    spans = {part.pk: [span(40), span(47)] for part in parts}
    data = PlanData(venue=VenueFactory(), capacity=capacity, spans=spans, prices={part.pk: price_cents for part in parts})
    [session] = plan_request(request=request, data=data, now=timezone.now(), by=coordinator())
    request.refresh_from_db()
    return request, session
