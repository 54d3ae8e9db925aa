"""Receives a request from the public form."""

import datetime
from dataclasses import asdict, dataclass

from django.db import transaction

from core.lifecycle.transitions import record_transition
from core.models import Organisation
from trainings.models import Module, TrainingRequest
from trainings.models.requests import RequestStatus
from trainings.requests import mails

SENT_TWICE = datetime.timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestData:
    """What the form asks."""

    organisation_name: str
    name: str
    email: str
    purpose: str
    organisation: Organisation | None = None
    language: str = "fr"
    module: Module | None = None
    period: str = ""
    people: int | None = None


@transaction.atomic
def receive_request(*, data: RequestData, now: datetime.datetime) -> TrainingRequest:
    """Writes the request down, mails the link to follow it, and tells the coordinators. The same form sent twice is one request."""
    answers = {name: getattr(data, name) for name in asdict(data)} | {"email": data.email.strip().lower()}
    twin = TrainingRequest.objects.filter(**answers, status=RequestStatus.RECEIVED, created_at__gt=now - SENT_TWICE).first()
    if twin is not None:
        return twin
    request = TrainingRequest.objects.create(**answers, created_at=now)
    record_transition(request, "", now=now)
    mails.step_taken(request, now=now)
    mails.news_for_staff(request, now=now)
    return request
