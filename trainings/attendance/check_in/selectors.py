"""Which meeting takes place now, and who is expected there."""

import datetime

from trainings.attendance.check_in.codes import is_open
from trainings.models import Enrolment, Meeting


def meeting_to_check_in(number: int) -> Meeting | None:
    """The meeting of a code; None where there is none."""
    return Meeting.objects.select_related("session__module").filter(pk=number).first()


def open_meeting_of(enrolment: Enrolment, now: datetime.datetime) -> Meeting | None:
    """The meeting this person can check in at now. Reads the meetings of the session (prefetch them)."""
    for meeting in enrolment.session.meetings.all():
        meeting.session = enrolment.session
        if is_open(meeting, now):
            return meeting
    return None


def expected(meeting: Meeting, email: str) -> Enrolment | None:
    """Who comes under this address."""
    return Enrolment.objects.confirmed().filter(session_id=meeting.session_id, participant__email=email.strip().lower()).first()
