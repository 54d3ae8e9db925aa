"""The lock of a request, and the only way to a new status."""

import datetime

from django.utils import timezone

from core.lifecycle.transitions import next_status, record_transition
from core.models import User
from followup.enums import REQUEST_TRANSITIONS, RequestStatus
from followup.models import Request

NOON = datetime.time(12)


def lock_request(request_id: int) -> Request:
    """The request as it is now, its row locked until the transaction ends. First in every write."""
    # `of`: the rows joined to it stay free; everybody edits those.
    return Request.objects.select_related("owner", "organisation", "sector").select_for_update(of=("self",)).get(pk=request_id)


def moment_of(day: datetime.date | None, now: datetime.datetime) -> datetime.datetime:
    """When something of a day happened: noon, or now if it is today. Work is often noted a day later, and a year ends at midnight."""
    if day is None or day >= timezone.localdate(now):
        return now
    return timezone.make_aware(datetime.datetime.combine(day, NOON))


def change_status(
    request: Request,
    to: RequestStatus,
    *,
    now: datetime.datetime,
    on: datetime.date | None = None,
    by: User | None = None,
    reason: str = "",
) -> None:
    """Writes the new status and its dated row. Who acts first is in charge from then on. Raises TransitionNotAllowed."""
    was, request.status = request.status, next_status(REQUEST_TRANSITIONS, request.status, to)
    fields = ["status"]
    if by is not None and request.owner_id is None:
        request.owner = by
        fields.append("owner")
    request.save(update_fields=fields)
    latest = request.transitions.order_by("-at", "-pk").first()
    # Steps stand in the order in which they were taken, whatever day they are noted for.
    at = max(moment_of(on, now), latest.at) if latest else moment_of(on, now)
    record_transition(request, was, now=at, by=by, reason=reason)
