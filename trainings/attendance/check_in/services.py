"""A person confirms that she is there. Her word is a mark like any other: a trainer who saw otherwise decides."""

import datetime
import enum
import uuid

from django.db import transaction

from trainings.attendance.mark import CannotMark
from trainings.attendance.merge import SentMark, Standing, receive_mark
from trainings.enums import ATTENDED, AttendanceStatus
from trainings.models import Attendance, Enrolment, MarkSource, Meeting

# Whoever confirms later than that came late.
ON_TIME = datetime.timedelta(minutes=15)


class CheckedIn(enum.StrEnum):
    """What somebody who confirmed is told."""

    NOTED = "noted"
    ALREADY = "already"
    # A trainer noted otherwise, and decides.
    TO_DECIDE = "to_decide"
    NOT_EXPECTED = "not_expected"


@transaction.atomic
def check_in(*, enrolment: Enrolment, meeting: Meeting, now: datetime.datetime) -> CheckedIn:
    """Marks the person present, or late after a quarter of an hour. What a trainer noted stays. Idempotent."""
    before = _attended(enrolment, meeting)
    if before is not None:
        return CheckedIn.ALREADY if before else CheckedIn.NOTED
    is_late = now > meeting.starts_at + ON_TIME
    mark = SentMark(
        # One a person and meeting: pressed twice, it is one.
        client_id=uuid.uuid5(uuid.NAMESPACE_OID, f"check-in:{enrolment.pk}:{meeting.pk}"),
        status=AttendanceStatus.LATE if is_late else AttendanceStatus.PRESENT,
        minutes=max(0, int((meeting.ends_at - now).total_seconds() // 60)) if is_late else None,
        seen=Standing(),
        made_at=now,
        source=MarkSource.CHECK_IN,
    )
    try:
        receive_mark(mark=mark, enrolment=enrolment, meeting=meeting, now=now, by=None)
    except CannotMark:
        return CheckedIn.NOT_EXPECTED
    return CheckedIn.TO_DECIDE if _attended(enrolment, meeting) is None else CheckedIn.NOTED


def _attended(enrolment: Enrolment, meeting: Meeting) -> bool | None:
    """Whether somebody else noted her as there already; False: she did so herself; None: nothing says that she is there."""
    row = Attendance.objects.filter(enrolment=enrolment, meeting=meeting, status__in=ATTENDED).first()
    return None if row is None else row.source != MarkSource.CHECK_IN
