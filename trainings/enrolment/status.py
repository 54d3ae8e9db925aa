"""Changes of an enrolment's status, each with its dated row."""

import datetime

from core.lifecycle.transitions import next_status, record_transition
from core.models import User
from trainings.enums import ENROLMENT_TRANSITIONS, EnrolmentStatus
from trainings.models import Enrolment


def change_status(
    enrolment: Enrolment,
    to: EnrolmentStatus,
    *,
    now: datetime.datetime,
    by: User | None = None,
    reason: str = "",
    queued_at: datetime.datetime | None = None,
    answer_by: datetime.datetime | None = None,
    is_held_back: bool = False,
) -> None:
    """Writes the new status and its row; `answer_by` with an offer. The session is locked by the caller. Raises TransitionNotAllowed."""
    was, enrolment.status = enrolment.status, next_status(ENROLMENT_TRANSITIONS, enrolment.status, to)
    enrolment.answer_by, enrolment.is_held_back, enrolment.reminded_at = answer_by, is_held_back, None
    fields = ["status", "answer_by", "is_held_back", "reminded_at"]
    if queued_at is not None:
        enrolment.queued_at = queued_at
        fields.append("queued_at")
    if to == EnrolmentStatus.CANCELLED and enrolment.access_needs:
        # Nobody needs to know them any more.
        enrolment.access_needs = ""
        fields.append("access_needs")
    enrolment.save(update_fields=fields)
    record_transition(enrolment, was, now=now, by=by, reason=reason, answer_by=answer_by)
