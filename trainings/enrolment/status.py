"""Changes of an enrolment's status, each with its dated row."""

import datetime

from core.models import User
from trainings.enums import ENROLMENT_TRANSITIONS, EnrolmentStatus
from trainings.models import Enrolment, EnrolmentTransition


class TransitionNotAllowed(Exception):
    """The table of transitions (trainings.enums) has no such arrow."""

    def __init__(self, enrolment: Enrolment, to: EnrolmentStatus) -> None:
        super().__init__(f"{enrolment.status} → {to}")


def change_status(
    enrolment: Enrolment,
    to: EnrolmentStatus,
    *,
    now: datetime.datetime,
    by: User | None = None,
    reason: str = "",
    queued_at: datetime.datetime | None = None,
) -> None:
    """Writes the new status and its row. The session is locked by the caller."""
    if to not in ENROLMENT_TRANSITIONS[enrolment.status]:
        raise TransitionNotAllowed(enrolment, to)
    was = enrolment.status
    enrolment.status = to
    fields = ["status"]
    if queued_at is not None:
        enrolment.queued_at = queued_at
        fields.append("queued_at")
    if to == EnrolmentStatus.CANCELLED and enrolment.access_needs:
        # Nobody needs to know them any more.
        enrolment.access_needs = ""
        fields.append("access_needs")
    enrolment.save(update_fields=fields)
    record(enrolment, was, now=now, by=by, reason=reason)


def record(enrolment: Enrolment, was: str, *, now: datetime.datetime, by: User | None = None, reason: str = "") -> None:
    """The dated row of a change that was just written."""
    EnrolmentTransition.objects.create(enrolment=enrolment, from_status=was, to_status=enrolment.status, at=now, by=by, reason=reason[:240])
