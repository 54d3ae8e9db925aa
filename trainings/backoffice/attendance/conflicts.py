"""People whom two colleagues noted differently: both marks side by side, and the decision."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import View
from wagtail.admin import messages

from core import clock
from core.backoffice.permissions import staff
from core.text.dates import HOUR, written
from trainings.attendance.documents import hours_shown
from trainings.attendance.mark import CannotMark
from trainings.attendance.merge import decide_conflict, open_conflicts
from trainings.attendance.roll import RollLine
from trainings.backoffice.attendance.meeting import MeetingScreen
from trainings.backoffice.refusals import MARK_REFUSALS
from trainings.enums import AttendanceStatus
from trainings.models import Attendance, AttendanceMark, MarkSource, Meeting


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """One person, what stands of her, and the mark that waits."""

    mark: AttendanceMark
    stands: str
    stands_by: str
    waits: str
    waits_by: str


def shown_conflicts(meeting: Meeting, lines: list[RollLine]) -> list[ShownConflict]:
    """What is to decide. One query; the lines are those of the roll."""
    standing = {line.enrolment.pk: line.attendance for line in lines}
    return [
        ShownConflict(
            mark=mark,
            stands=_status(standing.get(mark.enrolment_id)),
            stands_by=_whose(standing.get(mark.enrolment_id)),
            waits=_status(mark),
            waits_by=_whose(mark),
        )
        for mark in open_conflicts(meeting)
    ]


def conflict_text(stands: Attendance | None) -> str:
    """What the sender of the second mark reads beside the name."""
    told = {"status": _status(stands), "who": _whose(stands)}
    return _("Noted differently meanwhile: %(status)s (%(who)s). Both are kept: reload the page to decide.") % told


def _status(row: Attendance | AttendanceMark | None) -> str:
    if row is None or not row.status:
        return _("not marked")
    if row.status == AttendanceStatus.LATE:
        return f"{row.get_status_display()} ({hours_shown(row.minutes)})"
    return str(row.get_status_display())


def _whose(row: Attendance | AttendanceMark | None) -> str:
    """`Camille Exemple, 9:05`."""
    if row is None:
        # Translators: who took a mark away is not known.
        return pgettext("who", "taken away")
    name = row.marked_by.get_full_name() if row.marked_by else ""
    if row.source == MarkSource.CHECK_IN:
        name = str(row.get_source_display())
    return ", ".join(part for part in (name, written(row.marked_at, HOUR)) if part)


class DecideConflictView(MeetingScreen, View):
    """Takes the mark that waits, or keeps what stands."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number = request.POST.get("mark", "")
        mark = AttendanceMark.objects.filter(meeting=self.meeting, pk=int(number) if number.isdecimal() and len(number) < 19 else 0).first()
        if mark is None:
            raise Http404
        try:
            decide_conflict(mark=mark, takes_it=request.POST.get("takes") == "waiting", now=clock.now(), by=staff(request))
        except CannotMark as refusal:
            messages.error(request, MARK_REFUSALS[refusal.reason])
        else:
            messages.success(request, _("Decided."))
        return redirect(self.roll_url)
