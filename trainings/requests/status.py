"""The lock of a request, and the only way to a new status."""

import datetime

from core.lifecycle.transitions import next_status, record_transition
from core.models import User
from trainings.models import TrainingRequest
from trainings.models.requests import REQUEST_TRANSITIONS, RequestStatus


def lock_request(request_id: int) -> TrainingRequest:
    """The request as it is now, its row locked until the transaction ends. First in every write."""
    # `of`: the rows joined to it stay free; everybody edits those.
    rows = TrainingRequest.objects.select_related("module", "owner", "organisation", "answer_set", "payment_request")
    return rows.select_for_update(of=("self",)).get(pk=request_id)


def change_status(request: TrainingRequest, to: RequestStatus, *, now: datetime.datetime, by: User | None = None, reason: str = "") -> None:
    """Writes the new status and its dated row. Who acts first is in charge from then on. Raises TransitionNotAllowed."""
    was, request.status = request.status, next_status(REQUEST_TRANSITIONS, request.status, to)
    fields = ["status"]
    if by is not None and request.owner_id is None:
        request.owner = by
        fields.append("owner")
    request.save(update_fields=fields)
    record_transition(request, was, now=now, by=by, reason=reason)
