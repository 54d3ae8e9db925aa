"""The roll of one meeting: who is expected, and what was marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from trainings.enums import AttendanceStatus
from trainings.models import Attendance, Enrolment, MarkSource, Meeting


@dataclass(frozen=True, slots=True)
class RollLine:
    """One person on the roll."""

    enrolment: Enrolment
    attendance: Attendance | None

    @property
    def status(self) -> str:
        """What was marked; empty when nothing was."""
        return self.attendance.status if self.attendance else ""

    @property
    def is_by_herself(self) -> bool:
        """Whether the person confirmed her presence herself and no trainer has noted anything since."""
        return self.attendance is not None and self.attendance.source == MarkSource.CHECK_IN


def roll_of(meeting: Meeting) -> list[RollLine]:
    """Everybody confirmed, by name. Two queries."""
    enrolments = Enrolment.objects.confirmed().filter(session_id=meeting.session_id).select_related("organisation").order_by("name", "pk")
    marks = {mark.enrolment_id: mark for mark in Attendance.objects.filter(meeting=meeting)}
    return [RollLine(enrolment, marks.get(enrolment.pk)) for enrolment in enrolments]


def count_roll(statuses: Iterable[str]) -> dict[str, int]:
    """How many of each. Shape: {"present": 3, "late": 0, "excused": 1, "absent": 0, "unmarked": 2}."""
    given = list(statuses)
    return {status.value: given.count(status) for status in AttendanceStatus} | {"unmarked": given.count("")}
