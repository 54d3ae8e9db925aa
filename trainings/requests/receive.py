"""Receives a request: from the public form, or from a colleague who had somebody on the phone."""

import datetime
from dataclasses import asdict, dataclass

from django.db import transaction

from core.lifecycle.transitions import record_transition
from core.models import Organisation, User
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
def receive_request(*, data: RequestData, now: datetime.datetime, by: User | None = None) -> TrainingRequest:
    """Writes the request down and mails the link to follow it. The same form sent twice is one request.

    Coordinators are told, unless one of them noted it: she is in charge.
    """
    answers = {name: getattr(data, name) for name in asdict(data)} | {"email": data.email.strip().lower()}
    twin = TrainingRequest.objects.filter(**answers, status=RequestStatus.RECEIVED, created_at__gt=now - SENT_TWICE).first()
    if twin is not None:
        return twin
    request = TrainingRequest.objects.create(**answers, owner=by, created_at=now)
    record_transition(request, "", now=now, by=by)
    mails.step_taken(request, now=now)
    if by is None:
        mails.news_for_staff(request, now=now)
    return request
