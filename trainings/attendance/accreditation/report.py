"""Who attended an accredited session, with her number: one row a person and meeting."""

from dataclasses import dataclass

from trainings.attendance.accreditation.numbers import shown
from trainings.enums import ATTENDED
from trainings.models import Attendance, Meeting, Session


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What is reported of one person at one meeting. Column headings and kinds of cells: the back-office."""

    number: str
    name: str
    meeting: Meeting
    minutes: int


def report_of(session: Session) -> list[ReportLine]:
    """Only those who gave a number and were there, by name and meeting."""
    rows = (
        Attendance.objects.filter(meeting__session=session, status__in=ATTENDED, minutes__gt=0)
        .exclude(enrolment__accreditation_number=None)
        .select_related("enrolment__accreditation_number", "meeting")
        .order_by("enrolment__name", "enrolment", "meeting__starts_at")
    )
    return [ReportLine(shown(row.enrolment.accreditation_number.number), row.enrolment.name, row.meeting, row.minutes) for row in rows]
