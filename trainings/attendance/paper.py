"""What was written on paper, as it is typed: one field a person, few keys, the same in every language."""

from trainings.attendance.merge import Standing
from trainings.enums import AttendanceStatus
from trainings.models import Meeting

PRESENT, ABSENT, EXCUSED = "+", "-", "e"
# Dutch says "verontschuldigd". "a" is refused: it is "absent" in French and "aanwezig" (there) in Dutch.
EXCUSED_KEYS = {"e", "v"}


class NotUnderstood(Exception):
    """What was typed is none of the keys."""


def parse_typed(typed: str, meeting: Meeting) -> Standing:
    """`+` there all the time, a number: so many minutes, `e` (or `v`) excused, `-` absent, nothing: not marked."""
    text = typed.strip().lower()
    if text in {"", PRESENT, ABSENT} | EXCUSED_KEYS:
        keys = {"": "", PRESENT: AttendanceStatus.PRESENT, ABSENT: AttendanceStatus.ABSENT}
        status = keys.get(text, AttendanceStatus.EXCUSED)
        return Standing(status, meeting.minutes if status == AttendanceStatus.PRESENT else 0)
    if not text.isdecimal() or len(text) > 4 or int(text) > meeting.minutes:
        raise NotUnderstood
    minutes = int(text)
    if minutes == meeting.minutes:
        return Standing(AttendanceStatus.PRESENT, minutes)
    return Standing(AttendanceStatus.LATE, minutes) if minutes else Standing(AttendanceStatus.ABSENT)


def typed_as(standing: Standing) -> str:
    """The keys for what stands."""
    if standing.status == AttendanceStatus.LATE:
        return str(standing.minutes)
    keys = {AttendanceStatus.PRESENT: PRESENT, AttendanceStatus.ABSENT: ABSENT, AttendanceStatus.EXCUSED: EXCUSED}
    return keys[AttendanceStatus(standing.status)] if standing.status else ""
