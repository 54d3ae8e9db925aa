"""The steps of a request until it is decided. Each is dated and signed; a day before today may be given."""

import datetime

from django.db import transaction

from core.models import Organisation, Sector, User
from followup.enums import RequestStatus, SystemNote
from followup.models import Request
from followup.requests import mails
from followup.requests.names import set_names
from followup.requests.status import change_status, lock_request


@transaction.atomic
def assign_owner(*, request: Request, owner: User) -> Request:
    """Puts a colleague in charge."""
    current = lock_request(request.pk)
    current.owner = owner
    current.save(update_fields=["owner"])
    return current


@transaction.atomic
def take_step(
    *, request: Request, to: RequestStatus, now: datetime.datetime, by: User, on: datetime.date | None = None, reason: str = ""
) -> Request:
    """Analysis, on hold, advice was enough, declined or withdrawn. To open a file: `files.open`. Raises TransitionNotAllowed."""
    current = lock_request(request.pk)
    change_status(current, to, now=now, on=on, by=by, reason=reason)
    return current


@transaction.atomic
def withdraw_by_link(*, request: Request, now: datetime.datetime) -> Request:
    """The contact person does not need us any more; whoever is in charge is told. Idempotent. Raises TransitionNotAllowed."""
    current = lock_request(request.pk)
    if current.status == RequestStatus.WITHDRAWN:
        return current
    change_status(current, RequestStatus.WITHDRAWN, now=now, reason=SystemNote.BY_LINK)
    mails.news_for_staff(current, now=now)
    return current


@transaction.atomic
def complete_request(
    *,
    request: Request,
    organisation_name: str,
    service: str,
    sector: Sector | None,
    origin: str,
    reason: str,
    organisation: Organisation | None = None,
) -> Request:
    """Writes what the yearly figures ask for and was not known at first; the sector is that of the directory, unless it was told."""
    current = lock_request(request.pk)
    set_names(current, organisation_name=organisation_name, service=service, organisation=organisation)
    current.sector = sector or (current.organisation.sector if current.organisation else None)
    current.origin, current.reason = origin, reason
    current.save()
    return current
