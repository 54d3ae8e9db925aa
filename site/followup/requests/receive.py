"""Receives a request: from the public form, or as a colleague noted it on the phone."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from core.lifecycle.transitions import record_transition
from core.models import Organisation, Sector, User
from followup.enums import Pillar, RequestStatus, Source
from followup.models import Request
from followup.requests import mails
from followup.requests.names import set_names
from followup.requests.status import moment_of

SENT_TWICE = datetime.timedelta(hours=1)
# What a request keeps as it was told.
TOLD = ("name", "phone", "language", "origin", "reason", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestData:
    """What was told. Without an organisation somebody asks alone; the sector is that of the directory, unless it was told."""

    pillar: Pillar
    organisation_name: str = ""
    organisation: Organisation | None = None
    service: str = ""
    sector: Sector | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "fr"
    origin: str = ""
    reason: str = ""
    text: str = ""


@transaction.atomic
def receive_request(*, data: RequestData, now: datetime.datetime) -> Request:
    """From the form of the site: mails the link to follow it, and tells the follow-up team. The same form sent twice is one request."""
    twin = _twin(data, now=now)
    if twin is not None:
        return twin
    request = _write(data, source=Source.FORM, received_on=timezone.localdate(now), now=now)
    record_transition(request, "", now=now)
    mails.request_received(request, now=now)
    mails.news_for_staff(request, now=now)
    return request


@transaction.atomic
def note_request(*, data: RequestData, received_on: datetime.date, now: datetime.datetime, by: User) -> Request:
    """As a colleague took it down. Nobody gets a mail; the colleague is in charge until somebody else is."""
    request = _write(data, source=Source.STAFF, received_on=received_on, now=now, owner=by)
    record_transition(request, "", now=moment_of(received_on, now), by=by)
    return request


def _write(data: RequestData, *, source: Source, received_on: datetime.date, now: datetime.datetime, owner: User | None = None) -> Request:
    told = {name: getattr(data, name) for name in TOLD}
    request = Request(pillar=data.pillar, source=source, received_on=received_on, created_at=now, owner=owner, **told)
    request.email = data.email.strip().lower()
    set_names(request, organisation_name=data.organisation_name, service=data.service, organisation=data.organisation)
    request.sector = data.sector or (request.organisation.sector if request.organisation else None)
    request.save()
    return request


def _twin(data: RequestData, *, now: datetime.datetime) -> Request | None:
    told = {name: getattr(data, name) for name in (*TOLD, "pillar", "organisation_name", "service")}
    recent = Request.objects.filter(status=RequestStatus.RECEIVED, source=Source.FORM, created_at__gt=now - SENT_TWICE)
    return recent.filter(**told, email=data.email.strip().lower()).first()
